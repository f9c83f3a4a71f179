using System.Globalization;
using System.Runtime.InteropServices;

namespace Miru.Agent.Connections.Access;

/// <summary>The users and groups of this machine, as its name service knows them. Asked while settings are read, by one thread.</summary>
internal static partial class Accounts
{
    private const string OverflowUserFile = "/proc/sys/kernel/overflowuid";
    private const uint UsualOverflowUser = 65534;

    /// <summary>The user this process runs as.</summary>
    public static uint OwnUser => GetEffectiveUser();

    /// <summary>What the kernel says in the place of a user it cannot map.</summary>
    public static uint UnknownUser
    {
        get
        {
            try
            {
                return uint.Parse(File.ReadAllText(OverflowUserFile).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException or OverflowException)
            {
                return UsualOverflowUser; // a sandbox may hide /proc/sys
            }
        }
    }

    /// <summary>The id of a user; <c>null</c> where the machine knows none of this name.</summary>
    public static uint? UserId(string name) => IdIn(GetUserByName(name));

    /// <summary>The id of a group; <c>null</c> where the machine knows none of this name.</summary>
    public static uint? GroupId(string name) => IdIn(GetGroupByName(name));

    // struct passwd and struct group both begin { char *name; char *passwd; id_t id; … }
    private static uint? IdIn(nint entry) => entry == 0 ? null : (uint)Marshal.ReadInt32(entry, 2 * nint.Size);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("libc", EntryPoint = "getpwnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetUserByName(string name);

    [LibraryImport("libc", EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetGroupByName(string name);
}
