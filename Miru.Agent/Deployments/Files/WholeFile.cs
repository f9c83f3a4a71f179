using System.Text;

namespace Miru.Agent.Deployments.Files;

/// <summary>A file of the agent's own that is replaced in one step: readers see the old or the new text, and the new one is durable on return.</summary>
internal static class WholeFile
{
    private static readonly PosixFileSystem Files = new();

    /// <param name="mode">The file's from its first byte on.</param>
    /// <param name="owner">Whose it is to be, as far as the kernel allows; null for whoever writes.</param>
    /// <exception cref="IOException">The old file stands.</exception>
    public static void Write(string path, string text, UnixFileMode mode, FileOwner? owner = null)
    {
        var folder = Path.GetDirectoryName(path)!;
        using var directory = Files.OpenRoot(folder) ?? throw new FileNotFoundException($"'{folder}' was removed while '{path}' was written.");
        var name = Path.GetFileName(path);
        var temporary = name + ".new";
        directory.Delete(temporary);
        directory.WriteNew(temporary, Encoding.UTF8.GetBytes(text), mode, owner);
        directory.Rename(temporary, name);
        directory.Sync();
    }
}
