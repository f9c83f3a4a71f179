using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A file system of its own, small enough to fill.</summary>
internal sealed class SmallDisk : IDisposable
{
    /// <param name="options">Of tmpfs, such as <c>size=1m</c> or <c>nr_inodes=20</c>.</param>
    public SmallDisk(string path, string options)
    {
        Path = Directory.CreateDirectory(path).FullName;
        Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path);
    }

    public string Path { get; }

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Takes all bytes but these.</summary>
    public void Fill(int leave = 0)
    {
        using var file = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        long written = 0;
        try
        {
            while (true)
            {
                RandomAccess.Write(file, new byte[4096], written);
                written += 4096;
            }
        }
        catch (IOException)
        {
            RandomAccess.SetLength(file, Math.Max(0, written - leave));
        }
    }

    public void Free() => File.Delete(Filler);

    public void Remount(string options) => Run("mount", "-o", $"remount,{options}", Path);

    public void Dispose() => Run("umount", "-l", Path);

    private static void Run(string program, params string[] arguments) => Assert.Equal((0, ""), Programs.Run(program, arguments));
}
