namespace Miru.Agent.Deployments.Files;

/// <summary>
/// An open directory: whatever is renamed or linked around it, operations by name happen in this one. Every operation concerns the name
/// itself and never what a symbolic link points to. Every failure is a <see cref="FileSystemException"/>; nothing reports success that
/// the kernel did not.
/// </summary>
internal interface IDirectory : IDisposable
{
    /// <summary>What stands at a name, or null.</summary>
    FileFacts? Look(string name);

    /// <summary>Opens a directory in this one.</summary>
    IDirectory Enter(string name);

    /// <summary>Creates a directory in this one.</summary>
    void CreateDirectory(string name);

    /// <summary>The bytes of a regular file, or null if there is none or it has more than <paramref name="limit"/> bytes.</summary>
    byte[]? Read(string name, long limit);

    /// <summary>Creates a file that must not exist yet, with its final mode, and returns when its bytes are on the disk.</summary>
    /// <param name="owner">Who should own it; null for the agent.</param>
    /// <returns>False if the kernel did not let the agent give the file away: then it has the mode, and the group where that was allowed.</returns>
    bool WriteNew(string name, ReadOnlySpan<byte> content, UnixFileMode mode, FileOwner? owner);

    /// <summary>Gives a file a second name, which must be free.</summary>
    void Link(string name, string second);

    /// <summary>Replaces <paramref name="to"/> in one step.</summary>
    void Rename(string from, string to);

    /// <summary>Removes a file; one that is not there is fine.</summary>
    void Delete(string name);

    /// <summary>Returns when the names in this directory are on the disk.</summary>
    void Sync();

    /// <summary>Returns if <paramref name="bytes"/> could be written here now, as far as can be told without writing.</summary>
    void CheckRoom(long bytes);
}
