namespace Miru.Agent.Notifications;

/// <summary>Command from a connection: tell me the newest snapshot now and each one after it, and every beat, until I am gone.</summary>
internal sealed record Subscribe
{
    public static Subscribe Instance { get; } = new();
}

/// <summary>Fact for all connections together: another heartbeat interval has passed.</summary>
internal sealed record Beat
{
    public static Beat Instance { get; } = new();
}
