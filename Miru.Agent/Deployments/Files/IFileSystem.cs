namespace Miru.Agent.Deployments.Files;

/// <summary>Where the promises about files are kept: the disk of this computer, or a double of it that fails on demand.</summary>
internal interface IFileSystem
{
    /// <summary>Opens an allowed root, which is the operator's choice and may be a symbolic link; null where there is none.</summary>
    /// <exception cref="FileSystemException">It stands there, but cannot be opened as a directory.</exception>
    IDirectory? OpenRoot(string path);

    /// <summary>Creates an allowed root with the directories above it, durably.</summary>
    /// <exception cref="FileSystemException">It cannot be created.</exception>
    void CreateRoot(string path);
}
