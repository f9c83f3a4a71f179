using System.Runtime.InteropServices;

namespace Miru.Agent.Connections;

/// <summary>
/// How many connections the process has file descriptors for. Running out of them is not an error one survives: .NET loads code,
/// and starts threads, with descriptors, and ends the process where it gets none.
/// </summary>
internal static partial class DescriptorBudget
{
    /// <summary>Descriptors kept for everything that is not a connection: files of configs, the store, the cloud, code still to be loaded.</summary>
    public const int Reserve = 96;

    private const int OpenFiles = 7;

    /// <summary>Connections that fit, at most as many as are wanted and at least one.</summary>
    /// <param name="wanted">The limit in the settings.</param>
    /// <param name="limit">Descriptors the process may have.</param>
    /// <param name="open">Descriptors it has before the first connection.</param>
    public static int Connections(int wanted, ulong limit, int open)
    {
        var taken = (ulong)(open + Reserve);
        return limit <= taken ? 1 : (int)Math.Min((ulong)wanted, limit - taken);
    }

    /// <summary>The same for this process, as it is now.</summary>
    public static int ConnectionsNow(int wanted)
    {
        var known = GetLimit(OpenFiles, out var limit) == 0;
        return Connections(wanted, known ? limit.Soft : ulong.MaxValue, Directory.GetFiles("/proc/self/fd").Length);
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, out ResourceLimit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
