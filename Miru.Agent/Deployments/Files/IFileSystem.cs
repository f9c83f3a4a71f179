namespace Miru.Agent.Deployments.Files;

/// <summary>
/// The few operations on files that promises rest on. Every failure is an <see cref="IOException"/> or an
/// <see cref="UnauthorizedAccessException"/>; nothing reports success that is not on the disk.
/// </summary>
internal interface IFileSystem
{
    /// <summary>True if <paramref name="path"/> itself is a symbolic link, whatever it points to; false where nothing stands.</summary>
    bool IsSymbolicLink(string path);

    bool DirectoryExists(string path);

    /// <summary>Creates one directory below an existing one.</summary>
    void CreateDirectory(string path);

    /// <summary>True if a regular file with these bytes and this mode stands at <paramref name="path"/>.</summary>
    bool Holds(string path, ReadOnlySpan<byte> content, UnixFileMode mode);

    /// <summary>Creates a file that must not exist yet, with its final mode, and returns when its bytes are on the disk.</summary>
    void WriteNew(string path, ReadOnlySpan<byte> content, UnixFileMode mode);

    /// <summary>Replaces <paramref name="to"/> in one step. Across file systems it fails instead of copying.</summary>
    void Rename(string from, string to);

    /// <summary>Returns when the names in the directory are on the disk.</summary>
    void SyncDirectory(string path);

    /// <summary>Removes a file; one that is not there is fine.</summary>
    void Delete(string path);
}
