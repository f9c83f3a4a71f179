using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A file system that works until the test says how it fails.</summary>
internal sealed class FaultyFileSystem(IFileSystem inner) : IFileSystem
{
    /// <summary>What writing a file throws; null while writing works.</summary>
    public Func<Exception>? FailWrites { get; set; }

    public bool IsSymbolicLink(string path) => inner.IsSymbolicLink(path);

    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    public void CreateDirectory(string path) => inner.CreateDirectory(path);

    public bool Holds(string path, ReadOnlySpan<byte> content, UnixFileMode mode) => inner.Holds(path, content, mode);

    public void WriteNew(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        if (FailWrites?.Invoke() is { } failure)
        {
            throw failure;
        }

        inner.WriteNew(path, content, mode);
    }

    public void Rename(string from, string to) => inner.Rename(from, to);

    public void SyncDirectory(string path) => inner.SyncDirectory(path);

    public void Delete(string path) => inner.Delete(path);
}
