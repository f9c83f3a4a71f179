using System.Text;
using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Cloud.Identity;

/// <summary>Files that make the device who it is: replaced in one step, durable on return, and never readable by others, not even while being written.</summary>
internal static class SecretFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode GroupReadable = OwnerOnly | UnixFileMode.GroupRead;

    private const UnixFileMode OwnerDirectory = OwnerOnly | UnixFileMode.UserExecute;

    private static readonly PosixFileSystem Files = new();

    public static void Write(string path, string text, UnixFileMode mode)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder, OwnerDirectory);
        using var directory = Files.OpenRoot(folder) ?? throw new FileNotFoundException($"'{folder}' was removed while '{path}' was written.");
        var name = Path.GetFileName(path);
        var temporary = name + ".new";
        directory.Delete(temporary);
        directory.WriteNew(temporary, Encoding.UTF8.GetBytes(text), mode, owner: null);
        directory.Rename(temporary, name);
        directory.Sync();
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
}
