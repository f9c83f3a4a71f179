using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A file system that counts its calls, and works until the test says how it fails.</summary>
internal sealed class FaultyFileSystem(IFileSystem inner) : IFileSystem
{
    /// <summary>Sees every call before it happens and may throw instead; null lets all happen.</summary>
    public Action<FileCall>? Before { get; set; }

    public List<FileCall> Calls { get; } = [];

    /// <summary>The call with this number, counted from 0, fails with this error; once.</summary>
    public void FailAt(int number, int error)
    {
        Calls.Clear();
        Before = call =>
        {
            if (Calls.Count == number + 1)
            {
                throw new FileSystemException($"cannot {call.Operation} '{call.Path}': injected", error);
            }
        };
    }

    /// <summary>From the call with this number on nothing happens any more: the process is dead.</summary>
    public void DieAt(int number)
    {
        Calls.Clear();
        Before = _ =>
        {
            if (Calls.Count > number)
            {
                throw new ProcessDiedException();
            }
        };
    }

    public IDirectory? OpenRoot(string path)
    {
        Call("open", path);
        return inner.OpenRoot(path) is { } directory ? new FaultyDirectory(this, directory, path) : null;
    }

    public void CreateRoot(string path)
    {
        Call("create root", path);
        inner.CreateRoot(path);
    }

    private void Call(string operation, string path)
    {
        var call = new FileCall(operation, path);
        Calls.Add(call);
        Before?.Invoke(call);
    }

    private sealed class FaultyDirectory(FaultyFileSystem files, IDirectory inner, string path) : IDirectory
    {
        public FileFacts? Look(string name)
        {
            files.Call("look", PathOf(name));
            return inner.Look(name);
        }

        public IDirectory Enter(string name)
        {
            files.Call("enter", PathOf(name));
            return new FaultyDirectory(files, inner.Enter(name), PathOf(name));
        }

        public void CreateDirectory(string name)
        {
            files.Call("mkdir", PathOf(name));
            inner.CreateDirectory(name);
        }

        public byte[]? Read(string name, long limit)
        {
            files.Call("read", PathOf(name));
            return inner.Read(name, limit);
        }

        public bool WriteNew(string name, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner)
        {
            files.Call("write", PathOf(name));
            return inner.WriteNew(name, content, mode, owner);
        }

        public void Link(string name, string second)
        {
            files.Call("link", PathOf(second));
            inner.Link(name, second);
        }

        public void Rename(string from, string to)
        {
            files.Call("rename", PathOf(to));
            inner.Rename(from, to);
        }

        public void Delete(string name)
        {
            files.Call("delete", PathOf(name));
            inner.Delete(name);
        }

        public void Sync()
        {
            files.Call("sync", path);
            inner.Sync();
        }

        public void CheckRoom(long bytes)
        {
            files.Call("check room", path);
            inner.CheckRoom(bytes);
        }

        public void Dispose() => inner.Dispose();

        private string PathOf(string name) => Path.Combine(path, name);
    }
}
