using Microsoft.Win32.SafeHandles;

namespace Miru.Agent.Deployments.Files;

/// <summary>A directory of this computer, by its file descriptor.</summary>
internal sealed class PosixDirectory(SafeFileHandle handle, string path) : IDirectory
{
    /// <summary>Directories on the way to a config: the owner writes, everybody else may pass.</summary>
    private const uint DirectoryMode = 0x1ed;
    private const uint PrivateMode = 0x180;
    private const int WriteAndSearch = 3;

    public FileFacts? Look(string name) => Posix.Look(handle, name, PathOf(name));

    public IDirectory Enter(string name) =>
        Posix.Open(Descriptor, name, Posix.EnterDirectoryFlags) is { } entered
            ? new PosixDirectory(entered, PathOf(name))
            : throw Posix.Failure("open the directory", PathOf(name));

    public void CreateDirectory(string name) => Check(Posix.MakeDirectoryAt(handle, name, DirectoryMode), "create the directory", name);

    public byte[]? Read(string name, long limit)
    {
        using var file = Posix.Open(Descriptor, name, Posix.ReadFlags);
        if (file is null)
        {
            return Posix.LastError == Errno.NoEntry ? null : throw Posix.Failure("read", PathOf(name));
        }

        var facts = Posix.Look(file, PathOf(name));
        if (facts.Kind != FileKind.Regular || facts.Length > limit)
        {
            return null;
        }

        // Somebody may be writing it: what was read is what it is.
        var bytes = new byte[facts.Length];
        return bytes[..Posix.ReadAll(file, bytes, PathOf(name))];
    }

    public bool WriteNew(string name, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner)
    {
        using var file = Posix.Open(Descriptor, name, Posix.CreateFlags, PrivateMode) ?? throw Posix.Failure("create", PathOf(name));
        Posix.WriteAll(file, content, PathOf(name));
        var given = owner is not { } wanted || GiveTo(file, wanted, name);

        // After the owner, which could narrow it, and before the sync, so that it survives with the bytes.
        Check(Posix.ChangeMode(file, (uint)mode), "set the mode of", name);
        Posix.Sync(file, PathOf(name));
        return given;
    }

    public void Link(string name, string second) => Check(Posix.LinkAt(handle, name, handle, second, 0), $"link '{name}' as", second);

    public void Rename(string from, string to) => Check(Posix.RenameAt(handle, from, handle, to), $"rename '{from}' to", to);

    public void Delete(string name)
    {
        if (Posix.UnlinkAt(handle, name, 0) != 0 && Posix.LastError != Errno.NoEntry)
        {
            throw Posix.Failure("remove", PathOf(name));
        }
    }

    public void Sync() => Posix.Sync(handle, path);

    public void CheckRoom(long bytes)
    {
        Check(Posix.AccessAt(handle, ".", WriteAndSearch, Posix.AsEffectiveUser), "write in", ".");
        if (FreeSpace.In(handle) is { } free && (free.Files == 0 || free.Bytes < bytes))
        {
            throw Posix.Failure($"write {bytes} bytes in", path, Errno.NoSpace);
        }
    }

    public void Dispose() => handle.Dispose();

    private int Descriptor => (int)handle.DangerousGetHandle();

    private string PathOf(string name) => Path.Combine(path, name);

    private bool GiveTo(SafeFileHandle file, FileOwner owner, string name)
    {
        if (owner == new FileOwner(Posix.EffectiveUser(), Posix.EffectiveGroup()) || Posix.ChangeOwner(file, owner.User, owner.Group) == 0)
        {
            return true;
        }

        if (Posix.LastError != Errno.NotPermitted)
        {
            throw Posix.Failure("give away", PathOf(name));
        }

        // Only root gives files to other users; a group the agent belongs to may be kept all the same.
        _ = Posix.ChangeOwner(file, Posix.Unchanged, owner.Group);
        return false;
    }

    private void Check(int result, string verb, string name)
    {
        if (result != 0)
        {
            throw Posix.Failure(verb, PathOf(name));
        }
    }
}
