namespace Miru.Agent.Deployments.Files;

/// <summary>Linux's error numbers that something here depends on.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int Interrupted = 4;
    public const int Io = 5;
    public const int Denied = 13;
    public const int Exists = 17;
    public const int CrossDevice = 18;
    public const int NotDirectory = 20;
    public const int IsDirectory = 21;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int TooManyLinks = 31;
    public const int Loop = 40;
    public const int NotSupported = 95;
    public const int Quota = 122;
}
