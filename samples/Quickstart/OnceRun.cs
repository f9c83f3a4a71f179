using System.Text;

namespace Quickstart;

/// <summary>Three changes, one after the other; each must arrive byte-exact and in order.</summary>
internal static class OnceRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(Lab lab, IReadOnlyList<ConfigFile> files, CancellationToken cancellation)
    {
        var expected = new Expectation(lab);
        await expected.ArriveAsync(await lab.PublishAsync(files, cancellation), files, Patience, cancellation);

        var latencies = new List<TimeSpan>();
        for (var change = 1; change <= 3; change++)
        {
            var changed = Change(files[(change - 1) % files.Count], change);
            files = [.. files.Select(file => file.FileName == changed.FileName ? changed : file)];
            var publication = await lab.PublishAsync(files, cancellation);
            latencies.AddRange(await expected.ArriveAsync(publication, [changed], Patience, cancellation));
        }
        Console.WriteLine($"3 of 3 changes delivered ({string.Join(", ", latencies.Select(l => $"{l.TotalMilliseconds:F1} ms"))})");
    }

    /// <summary>Turns the first number after the first speed in the file: what an operator would tune.</summary>
    private static ConfigFile Change(ConfigFile file, int change)
    {
        var lines = Encoding.UTF8.GetString(file.Content).Split('\n');
        var line = Array.FindIndex(lines, l => l.Contains("max_speed_mps\":") || l.Contains("desired_linear_vel:"));
        if (line < 0)
            return file with { Content = [.. file.Content, (byte)'\n'] };
        var colon = lines[line].IndexOf(':');
        lines[line] = lines[line][..colon] + $": {0.5 + change / 10.0:F1}" + (lines[line].EndsWith(',') ? "," : "");
        return file with { Content = Encoding.UTF8.GetBytes(string.Join('\n', lines)) };
    }
}
