namespace Miru.Protocol;

/// <summary>What HELLO and WELCOME announce (clause hello-1): a kind of a feature that the other side did not announce is never sent.</summary>
public static class Features
{
    /// <summary>SYNC.</summary>
    public const string Sync = "sync";

    /// <summary>GET_STATUS and STATUS.</summary>
    public const string Status = "status";

    /// <summary>Every feature of this version.</summary>
    public static IReadOnlyList<string> All { get; } = [Sync, Status];
}
