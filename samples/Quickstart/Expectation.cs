namespace Quickstart;

/// <summary>Holds what arrives against what was published.</summary>
internal sealed class Expectation(Lab lab)
{
    private long _lastSequence;

    /// <summary>
    /// Waits until each of <paramref name="files"/> is in the application's hands, and prints it; gives up as soon as the device says
    /// that it will not take them.
    /// </summary>
    /// <returns>How long each took from the publication.</returns>
    public async Task<IReadOnlyList<TimeSpan>> ArriveAsync(
        Publication publication, IReadOnlyList<ConfigFile> files, TimeSpan patience, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(patience);
        var awaited = files.ToDictionary(file => file.Slug);
        var refusal = GiveUpOnRefusalAsync(publication, deadline);
        try
        {
            return await ArriveAllAsync(publication, awaited, deadline.Token, cancellation);
        }
        finally
        {
            await deadline.CancelAsync();
            await refusal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task GiveUpOnRefusalAsync(Publication publication, CancellationTokenSource waiting)
    {
        await lab.RefusedAsync(publication, waiting.Token);
        await waiting.CancelAsync();
    }

    private async Task<IReadOnlyList<TimeSpan>> ArriveAllAsync(
        Publication publication, Dictionary<string, ConfigFile> awaited, CancellationToken waiting, CancellationToken cancellation)
    {
        var latencies = new List<TimeSpan>();
        while (awaited.Count > 0)
        {
            Delivery delivery;
            try
            {
                delivery = await lab.Deliveries.ReadAsync(waiting);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw await lab.ExplainAsync(publication, $"{string.Join(", ", awaited.Keys)} of {publication.Version} did not arrive");
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
