using Akka.Streams.Implementation.Stages;

namespace Akka.Streams;

/// <summary>Ends the one stream that it was materialized by.</summary>
public sealed class UniqueKillSwitch : IKillSwitch
{
    private readonly KillSignal _signal;

    internal UniqueKillSwitch(KillSignal signal) => _signal = signal;

    public void Shutdown() => _signal.Give(null);

    public void Abort(Exception cause) => _signal.Give(cause ?? throw new ArgumentNullException(nameof(cause)));

    public override string ToString() => $"SingleKillSwitch({GetHashCode()})";
}
