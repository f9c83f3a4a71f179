using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Cloud.Identity;

/// <summary>
/// Files that make the device who it is: replaced in one step, durable on return, and never readable by others, not even while being written.
/// Root writes them for the user whom the state directory belongs to: an agent that may not read what <c>sudo miru-agent provision</c> left would be
/// no device, and the one-time token spent.
/// </summary>
internal static class SecretFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode GroupReadable = OwnerOnly | UnixFileMode.GroupRead;

    private const uint Root = 0;

    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private static readonly PosixFileSystem Files = new();

    public static void Write(string path, string text, UnixFileMode mode)
    {
        WholeFile.Write(path, text, mode, Settle(Path.GetDirectoryName(path)!));
    }

    /// <summary>Durably; nothing happens if there is no such file.</summary>
    public static void Remove(string path)
    {
        using var directory = Files.OpenRoot(Path.GetDirectoryName(path)!);
        directory?.Delete(Path.GetFileName(path));
        directory?.Sync();
    }

    /// <summary>The text, or null if there is no such file.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes the folder if there is none. Whose everything in it is to be; null for whoever writes.</summary>
    private static FileOwner? Settle(string folder)
    {
        if (Directory.Exists(folder))
        {
            return OwnerOf(folder);
        }

        var owner = Path.GetDirectoryName(folder) is { } parent && Directory.Exists(parent) ? OwnerOf(parent) : null;
        Directory.CreateDirectory(folder, OwnerDirectory);
        if (owner is { } user)
        {
            using var made = Posix.Open(Posix.WorkingDirectory, folder, Posix.EnterDirectoryFlags) ?? throw Posix.Failure("open", folder);
            if (Posix.ChangeOwner(made, user.User, user.Group) != 0)
            {
                // Root in a sandbox: it may not give, and keeps all.
                return null;
            }
        }

        return owner;
    }

    private static FileOwner? OwnerOf(string folder)
    {
        if (Posix.EffectiveUser() != Root)
        {
            return null;
        }

        using var directory = Posix.Open(Posix.WorkingDirectory, folder, Posix.OpenDirectoryFlags) ?? throw Posix.Failure("open", folder);
        return Posix.Look(directory, folder).Owner;
    }
}
