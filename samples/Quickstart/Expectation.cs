namespace Quickstart;

/// <summary>Holds what arrives against what was published.</summary>
internal sealed class Expectation(Lab lab)
{
    private long _lastSequence;

    /// <summary>Waits until each of <paramref name="files"/> is in the application's hands, and prints it.</summary>
    /// <returns>How long each took from the publication.</returns>
    public async Task<IReadOnlyList<TimeSpan>> ArriveAsync(
        Publication publication, IReadOnlyList<ConfigFile> files, TimeSpan patience, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        var latencies = new List<TimeSpan>();
        var awaited = files.ToDictionary(file => file.Slug);
        while (awaited.Count > 0)
        {
            Delivery delivery;
            try
            {
                delivery = await lab.Deliveries.ReadAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw await lab.ExplainAsync(publication, $"{string.Join(", ", awaited.Keys)} of {publication.Version} did not arrive within {patience.TotalSeconds:F0} s");
            }
            latencies.Add(Check(delivery, publication, awaited));
        }
        return latencies;
    }

    private TimeSpan Check(Delivery delivery, Publication publication, Dictionary<string, ConfigFile> awaited)
    {
        var config = delivery.Config;
        if (!awaited.Remove(config.Slug, out var file))
            throw Wrong($"{config.Slug} came, but only {string.Join(", ", awaited.Keys)} changed");
        if (!config.Content.Span.SequenceEqual(file.Content))
            throw Wrong($"the bytes of {config.Slug} differ from what was published ({config.Digest}, not {file.Digest})");
        if (config.Sequence < _lastSequence)
            throw Wrong($"sequence {config.Sequence} of {config.Slug} came after {_lastSequence}");
        _lastSequence = config.Sequence;
        Printer.Print(delivery, publication);
        return delivery.Since(publication.PublishedAt);
    }

    private static HopFailedException Wrong(string message) => new("agent → application (content)", message);
}
