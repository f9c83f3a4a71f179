using Akka.Actor;

namespace Miru.Benchmarks.Actors;

/// <summary>Counts messages and releases whoever waits for the last one. One-shot per <see cref="Reset"/>.</summary>
internal sealed class CountDown : IDisposable
{
    private readonly ManualResetEventSlim _done = new();
    private int _left;

    public void Reset(int messages)
    {
        _left = messages;
        _done.Reset();
    }

    public void Signal()
    {
        if (--_left == 0)
            _done.Set();
    }

    public void Wait() => _done.Wait();

    public void Dispose() => _done.Dispose();
}

/// <summary>The receiving end of the throughput runs: it only counts.</summary>
internal sealed class CountingActor(CountDown countDown) : UntypedActor
{
    protected override void OnReceive(object message) => countDown.Signal();
}
