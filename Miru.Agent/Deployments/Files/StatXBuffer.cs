using System.Runtime.InteropServices;

namespace Miru.Agent.Deployments.Files;

/// <summary>The kernel's <c>struct statx</c>, which unlike <c>struct stat</c> is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal readonly struct StatXBuffer
{
    private const int TypeMask = 0xf000;
    private const int PermissionMask = 0x1ff;

    /// <summary>STATX_ATTR_IMMUTABLE and STATX_ATTR_APPEND.</summary>
    private const ulong Immutable = 0x30;

    [FieldOffset(8)]
    private readonly ulong _attributes;

    [FieldOffset(20)]
    private readonly uint _user;

    [FieldOffset(24)]
    private readonly uint _group;

    [FieldOffset(28)]
    private readonly ushort _mode;

    [FieldOffset(32)]
    private readonly ulong _inode;

    [FieldOffset(40)]
    private readonly ulong _size;

    [FieldOffset(136)]
    private readonly uint _deviceMajor;

    [FieldOffset(140)]
    private readonly uint _deviceMinor;

    public FileFacts Facts => new(
        (_mode & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xa000 => FileKind.SymbolicLink,
            _ => FileKind.Special,
        },
        (long)_size,
        (UnixFileMode)(_mode & PermissionMask),
        new FileOwner(_user, _group),
        (((ulong)_deviceMajor << 32) | _deviceMinor, _inode),
        (_attributes & Immutable) != 0);
}
