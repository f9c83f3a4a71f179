namespace Miru.Agent.Hosting;

/// <summary>What the process tells whoever started it; the numbers of sysexits(3) where one fits.</summary>
internal static class ExitCodes
{
    /// <summary>Stopped because it was asked to, in order.</summary>
    public const int Success = 0;

    /// <summary>A bug, a hop that failed too often, or a device that could not be provisioned. systemd starts the agent again.</summary>
    public const int Failed = 1;

    /// <summary>Asked whether this computer is a device of the cloud: it is not.</summary>
    public const int NotProvisioned = 3;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The socket path is taken, or may not be served on.</summary>
    public const int SocketRefused = 73;

    /// <summary>The state directory is in use, damaged or not writable.</summary>
    public const int StoreRefused = 74;

    /// <summary>The settings are wrong. Starting again changes nothing: RestartPreventExitStatus.</summary>
    public const int Settings = 78;
}
