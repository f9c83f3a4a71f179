using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Deployments.Files;

/// <summary>
/// The system calls that promises about files rest on. .NET's own would not do: its flush swallows a failing fsync on Linux, its move
/// becomes a copy across file systems, and it knows no operation relative to an open directory.
/// </summary>
internal static partial class Posix
{
    public const int WorkingDirectory = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    public const int AsEffectiveUser = 0x200;
    public const uint Unchanged = uint.MaxValue;

    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const uint BasicStats = 0x7ff;

    /// <summary>The two flags whose numbers differ between architectures.</summary>
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
    private static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    private static readonly int DoNotFollow = IsArm ? 0x8000 : 0x20000;

    public static int OpenDirectoryFlags => ReadOnly | Directory | CloseOnExec;

    public static int EnterDirectoryFlags => OpenDirectoryFlags | DoNotFollow;

    /// <summary>Does not wait for a writer, should the name have become a pipe since somebody looked.</summary>
    public static int ReadFlags => ReadOnly | DoNotFollow | NonBlocking | CloseOnExec;

    public static int CreateFlags => WriteOnly | Create | Exclusive | DoNotFollow | CloseOnExec;

    /// <summary>The open file, or null; then <see cref="LastError"/> says why.</summary>
    public static SafeFileHandle? Open(int directory, string name, int flags, uint mode = 0)
    {
        int descriptor;
        do
        {
            descriptor = OpenAt(directory, name, flags, mode);
        }
        while (descriptor < 0 && LastError == Errno.Interrupted);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    public static int LastError => Marshal.GetLastPInvokeError();

    /// <summary>The failure of the last call, as an exception that names what was tried.</summary>
    public static FileSystemException Failure(string verb, string path) => Failure(verb, path, LastError);

    public static FileSystemException Failure(string verb, string path, int error) =>
        new($"cannot {verb} '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);

    /// <summary>Writes everything; a partial write goes on where it stopped.</summary>
    public static void WriteAll(SafeFileHandle file, ReadOnlySpan<byte> content, string path)
    {
        while (content.Length > 0)
        {
            var written = Write(file, content, content.Length);
            if (written >= 0)
            {
                content = content[(int)written..];
            }
            else if (LastError != Errno.Interrupted)
            {
                throw Failure("write", path);
            }
        }
    }

    /// <exception cref="FileSystemException">The bytes may not be on the disk; syncing the same handle again would prove nothing.</exception>
    public static void Sync(SafeFileHandle handle, string path)
    {
        while (FSync(handle) != 0)
        {
            if (LastError != Errno.Interrupted)
            {
                throw Failure("sync", path);
            }
        }
    }

    /// <summary>What stands at a name, or null; symbolic links are not followed.</summary>
    public static FileFacts? Look(SafeFileHandle directory, string name, string path)
    {
        if (StatX(directory, name, NoFollow, BasicStats, out var found) == 0)
        {
            return found.Facts;
        }

        return LastError == Errno.NoEntry ? null : throw Failure("look at", path);
    }

    /// <summary>What an open file is.</summary>
    public static FileFacts Look(SafeFileHandle file, string path) =>
        StatX(file, "", EmptyPath, BasicStats, out var found) == 0 ? found.Facts : throw Failure("look at", path);

    /// <summary>Reads until <paramref name="into"/> is full or the file ends.</summary>
    public static int ReadAll(SafeFileHandle file, Span<byte> into, string path)
    {
        var total = 0;
        while (total < into.Length)
        {
            var read = Read(file, into[total..], into.Length - total);
            if (read == 0)
            {
                break;
            }

            if (read < 0 && LastError != Errno.Interrupted)
            {
                throw Failure("read", path);
            }

            total += (int)Math.Max(read, 0);
        }

        return total;
    }

    [LibraryImport("libc", EntryPoint = "renameat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int RenameAt(SafeFileHandle fromDirectory, string from, SafeFileHandle toDirectory, string to);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int LinkAt(SafeFileHandle fromDirectory, string from, SafeFileHandle toDirectory, string to, int flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int UnlinkAt(SafeFileHandle directory, string name, int flags);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeDirectoryAt(SafeFileHandle directory, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "faccessat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int AccessAt(SafeFileHandle directory, string name, int mode, int flags);

    [LibraryImport("libc", EntryPoint = "fchown", SetLastError = true)]
    public static partial int ChangeOwner(SafeFileHandle file, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "fchmod", SetLastError = true)]
    public static partial int ChangeMode(SafeFileHandle file, uint mode);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "getegid")]
    public static partial uint EffectiveGroup();

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int directory, string name, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, ReadOnlySpan<byte> content, nint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, Span<byte> into, nint length);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle descriptor);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeFileHandle directory, string name, int flags, uint mask, out StatXBuffer found);
}
