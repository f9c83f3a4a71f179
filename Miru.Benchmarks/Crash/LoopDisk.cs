using System.Diagnostics;

namespace Miru.Benchmarks.Crash;

/// <summary>A file system in a file, mounted over a loop device, whose power can be cut.</summary>
internal sealed class LoopDisk(string image, string mountPoint, string options, string cutPower) : IAsyncDisposable
{
    private bool _mounted;

    /// <returns>Null, or why this machine cannot do it.</returns>
    public async Task<string?> MakeAsync(string[] make, int megabytes)
    {
        File.Delete(image);
        using (var file = File.Create(image))
            file.SetLength(megabytes * 1024L * 1024L);
        Directory.CreateDirectory(mountPoint);
        if (await TryAsync([.. make, image]) is { } unmade)
            return unmade;
        return await MountAsync() ?? await ProbeAsync();
    }

    /// <summary>All that was written until now is safe.</summary>
    public async Task FlushAsync() => await MustAsync(["sync", "-f", mountPoint]);

    /// <summary>From now on nothing reaches the disk: the tail of the journal is lost, or only data that was never synced.</summary>
    public async Task CutAsync(bool loseJournalTail) => await MustAsync([cutPower, mountPoint, loseJournalTail ? "2" : "1"]);

    /// <summary>The power is back.</summary>
    public async Task RemountAsync()
    {
        await MustAsync(["umount", mountPoint]);
        _mounted = false;
        if (await MountAsync() is { } refused)
            throw new InvalidOperationException(refused);
    }

    public async ValueTask DisposeAsync()
    {
        if (_mounted)
            await TryAsync(["umount", mountPoint]);
        File.Delete(image);
        if (Directory.Exists(mountPoint))
            Directory.Delete(mountPoint, recursive: true);
    }

    private async Task<string?> MountAsync()
    {
        var refused = await TryAsync(["mount", "-o", $"loop,{options}", image, mountPoint]);
        _mounted = refused is null;
        return refused;
    }

    private async Task<string?> ProbeAsync()
    {
        if (await TryAsync([cutPower, mountPoint, "2"]) is { } refused)
            return refused;
        await RemountAsync();
        return null;
    }

    private static async Task MustAsync(string[] command)
    {
        if (await TryAsync(command) is { } refused)
            throw new InvalidOperationException(refused);
    }

    private static async Task<string?> TryAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : $"'{string.Join(' ', command)}' failed: {(await said).Trim().ReplaceLineEndings(" ")}";
    }
}
