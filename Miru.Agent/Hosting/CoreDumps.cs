using System.Runtime.InteropServices;

namespace Miru.Agent.Hosting;

/// <summary>
/// Keeps this process's memory out of core dumps and from debuggers of its own user: it holds the device's key, tokens and configs. The unit says
/// the same (<c>LimitCORE=0</c>), but a limit does not hold where <c>core_pattern</c> pipes to a collector, nor outside systemd.
/// </summary>
internal static partial class CoreDumps
{
    /// <summary>Set to 1 by a developer who wants a dump.</summary>
    public const string Variable = "MIRU_ALLOW_CORE_DUMPS";

    private const int SetDumpable = 4;

    /// <summary>Null once they are forbidden, and what stands against it otherwise.</summary>
    public static string? Forbid() => Prctl(SetDumpable, 0, 0, 0, 0) == 0 ? null : Marshal.GetLastPInvokeErrorMessage();

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint value, nuint unused1, nuint unused2, nuint unused3);
}
