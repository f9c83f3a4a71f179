using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Miru.Agent.Connections.Access;

namespace Miru.Agent.Connections;

/// <summary>
/// The few system calls about a socket's path that .NET does not offer: file identity without following links, group
/// ownership, and a bind that does not make <see cref="Socket.Dispose()"/> unlink a path that may be somebody else's by then.
/// </summary>
internal static partial class NativeSocketFile
{
    private const int AtFdCwd = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxTypeAndInode = 0x1 | 0x2 | 0x100;
    private const int NoEntry = 2;
    private const ushort FormatMask = 0xF000;
    private const ushort SocketFormat = 0xC000;
    private const int UnixFamily = 1;
    private const int StreamCloseOnExec = 1 | 0x80000;

    /// <summary>The longest path a <c>sockaddr_un</c> holds beside its terminating zero, in bytes.</summary>
    public const int MaxPathBytes = 107;

    /// <summary>Which file a path names at the moment; <c>null</c> where it names none.</summary>
    /// <exception cref="IOException">The path cannot be examined.</exception>
    public static FileIdentity? Identify(string path)
    {
        if (Statx(AtFdCwd, path, AtSymlinkNoFollow, StatxTypeAndInode, out var found) == 0)
        {
            return new FileIdentity(
                (found.DeviceMajor, found.DeviceMinor), found.Inode, (found.Mode & FormatMask) == SocketFormat);
        }

        var error = Marshal.GetLastPInvokeError();
        return error == NoEntry ? null : throw Failure($"cannot examine {path}", error);
    }

    /// <summary>A bound, not yet listening stream socket. Until it listens, a connect to its path is refused.</summary>
    /// <exception cref="IOException">The path cannot be bound.</exception>
    public static Socket Bind(string path)
    {
        var descriptor = CreateSocket(UnixFamily, StreamCloseOnExec, 0);
        if (descriptor < 0)
        {
            throw Failure("cannot create a socket", Marshal.GetLastPInvokeError());
        }

        // struct sockaddr_un { sa_family_t family; char path[108]; }
        Span<byte> address = stackalloc byte[2 + MaxPathBytes + 1];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)UnixFamily);
        Encoding.UTF8.GetBytes(path, address[2..^1]);
        if (BindSocket(descriptor, ref MemoryMarshal.GetReference(address), (uint)address.Length) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            Close(descriptor);
            throw Failure($"cannot bind {path}", error);
        }

        // A socket that wraps a descriptor leaves the path alone when it is disposed; one bound by .NET unlinks it blindly.
        return new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    }

    /// <summary>Gives the path to a group and leaves its user.</summary>
    /// <exception cref="IOException">There is no such group, or this process may not give the file to it.</exception>
    public static void ChangeGroup(string path, string group)
    {
        var groupId = Accounts.GroupId(group) ?? throw new IOException(
            $"there is no group '{group}' on this machine: create it (groupadd --system {group}) or change miru.socket.group");
        if (ChangeOwner(path, uint.MaxValue, groupId) != 0)
        {
            throw Failure($"cannot give {path} to group '{group}'", Marshal.GetLastPInvokeError());
        }
    }

    private static IOException Failure(string what, int error) => new($"{what}: {Marshal.GetPInvokeErrorMessage(error)}");

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxResult result);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int CreateSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int BindSocket(int descriptor, ref byte address, uint length);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    // statx(2), not stat(2): its layout is the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxResult
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
