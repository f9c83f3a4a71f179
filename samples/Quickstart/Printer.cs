namespace Quickstart;

internal static class Printer
{
    public static void Print(Delivery delivery, Publication publication)
    {
        var config = delivery.Config;
        var latency = delivery.Since(publication.PublishedAt).TotalMilliseconds;
        Console.WriteLine($"  {config.Slug,-16} {publication.Version,-7} {config.Digest[..19]}…  {config.Content.Length,6} B  {latency,7:F1} ms from cloud to application");
    }

    /// <summary>The lines that are new in <paramref name="after"/>, at most <paramref name="most"/> of them: the new value, not the whole file.</summary>
    public static void PrintChange(ConfigFile before, ConfigFile after, int most = 5)
    {
        var known = Lines(before).ToHashSet();
        foreach (var line in Lines(after).Where(line => !known.Contains(line)).Take(most))
            Console.WriteLine($"      {line.Trim()}");

        static string[] Lines(ConfigFile file) => System.Text.Encoding.UTF8.GetString(file.Content).Split('\n');
    }
}
