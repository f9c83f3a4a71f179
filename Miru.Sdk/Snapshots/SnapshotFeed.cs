namespace Miru.Sdk.Snapshots;

/// <summary>
/// The newest snapshot, and word of the next one. A reader that falls behind finds only the newest: it costs its own
/// place and no memory, and nobody waits for it.
/// </summary>
internal sealed class SnapshotFeed
{
    private volatile Publication _latest = new(MiruSnapshot.None);
    private volatile bool _closed;

    public MiruSnapshot Latest => _latest.Snapshot;

    /// <summary>Called by one thread at a time. Readers continue on threads of their own.</summary>
    public void Publish(MiruSnapshot snapshot)
    {
        var before = _latest;
        _latest = new(snapshot);
        before.Replaced.TrySetResult();
    }

    /// <summary>Ends every enumeration after the newest snapshot.</summary>
    public void Close()
    {
        _closed = true;
        _latest.Replaced.TrySetResult();
    }

    /// <summary>The newest snapshot now, then the newest one whenever it has changed.</summary>
    public async IAsyncEnumerable<MiruSnapshot> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var publication = _latest; ; publication = _latest)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return publication.Snapshot;
            await publication.Replaced.Task.WaitAsync(cancellation).ConfigureAwait(false);
            if (_closed)
            {
                yield break;
            }
        }
    }

    private sealed class Publication(MiruSnapshot snapshot)
    {
        public MiruSnapshot Snapshot { get; } = snapshot;

        public TaskCompletionSource Replaced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
