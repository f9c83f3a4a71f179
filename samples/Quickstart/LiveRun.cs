using System.Threading.Channels;

namespace Quickstart;

/// <summary>Saving a file publishes a release; what the application receives is printed, until Ctrl+C.</summary>
internal static class LiveRun
{
    /// <summary>Editors save in several steps (truncate, write, rename); the file is read when it has been quiet for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Lab lab, string folder, IReadOnlyList<ConfigFile> files, CancellationToken cancellation)
    {
        var expected = new Expectation(lab);
        await expected.ArriveAsync(await lab.PublishAsync(files, cancellation), files, Patience, cancellation);
        Console.WriteLine($"now change a value in {folder} and save; Ctrl+C ends it");

        // One place is enough: it only says that something was saved, the files say what.
        var saved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watcher = new FileSystemWatcher(folder);
        watcher.Changed += (_, _) => saved.Writer.TryWrite(true);
        watcher.Created += (_, _) => saved.Writer.TryWrite(true);
        watcher.Renamed += (_, _) => saved.Writer.TryWrite(true);
        watcher.EnableRaisingEvents = true;

        while (!cancellation.IsCancellationRequested)
        {
            await saved.Reader.ReadAsync(cancellation);
            do
            {
                await Task.Delay(Quiet, cancellation);
            }
            while (saved.Reader.TryRead(out _));
            files = await PublishChangesAsync(lab, expected, folder, files, cancellation);
        }
    }

    private static async Task<IReadOnlyList<ConfigFile>> PublishChangesAsync(
        Lab lab, Expectation expected, string folder, IReadOnlyList<ConfigFile> before, CancellationToken cancellation)
    {
        var names = before.Select(file => file.FileName).ToHashSet();
        ConfigFile[] after = [.. ConfigFile.ReadAll(folder).Where(file => names.Contains(file.FileName))];
        ConfigFile[] changed = [.. after.Where(file => before.First(b => b.FileName == file.FileName).Digest != file.Digest)];
        if (after.Length < before.Count || changed.Length == 0)
            return before;
        try
        {
            var publication = await lab.PublishAsync(after, cancellation);
            await expected.ArriveAsync(publication, changed, Patience, cancellation);
            foreach (var file in changed)
                Printer.PrintChange(before.First(b => b.FileName == file.FileName), file);
            return after;
        }
        catch (HopFailedException refused)
        {
            // A file that is not valid (half-written JSON, say) is refused on the way; the application keeps what it had.
            Console.WriteLine($"not delivered at hop '{refused.Hop}': {refused.Message}");
            return before;
        }
    }
}
