namespace Miru.Cloud.Identity;

/// <summary>Files that only the server's user may read, from the moment they exist.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates or replaces <paramref name="path"/> so that a crash leaves the old file or the new one.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = Create(temporary, FileMode.CreateNew))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes sure that <paramref name="path"/> exists, without changing what it holds.</summary>
    public static void Touch(string path) => Create(path, FileMode.OpenOrCreate).Dispose();

    /// <summary>Holds <paramref name="path"/> against every other process until it is disposed.</summary>
    /// <exception cref="IOException">It is held already.</exception>
    public static FileStream Lock(string path) => Create(path, FileMode.OpenOrCreate);

    private static FileStream Create(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
