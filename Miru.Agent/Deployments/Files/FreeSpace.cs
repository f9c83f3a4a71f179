using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Deployments.Files;

/// <summary>What a file system still takes from an unprivileged user.</summary>
/// <param name="Bytes">Free bytes.</param>
/// <param name="Files">Free inodes; some file systems make them as needed and always say a positive number.</param>
internal readonly partial record struct FreeSpace(long Bytes, long Files)
{
    /// <summary>Null where the kernel does not say.</summary>
    public static FreeSpace? In(SafeFileHandle directory)
    {
        if (StatVfs(directory, out var found) != 0)
        {
            return null;
        }

        // No inodes at all: a file system without the notion.
        return new FreeSpace((long)(found.BlocksAvailable * found.FragmentSize), found.Files == 0 ? long.MaxValue : (long)found.FilesAvailable);
    }

    [LibraryImport("libc", EntryPoint = "fstatvfs", SetLastError = true)]
    private static partial int StatVfs(SafeFileHandle directory, out VfsBuffer found);

    /// <summary>glibc's <c>struct statvfs</c> where a long has 64 bits.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private readonly struct VfsBuffer
    {
        [FieldOffset(8)]
        public readonly ulong FragmentSize;

        [FieldOffset(32)]
        public readonly ulong BlocksAvailable;

        [FieldOffset(40)]
        public readonly ulong Files;

        [FieldOffset(56)]
        public readonly ulong FilesAvailable;
    }
}
