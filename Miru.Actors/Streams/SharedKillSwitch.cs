using Akka.Streams.Implementation.Stages;

namespace Akka.Streams;

/// <summary>Ends all streams that one of its flows is part of, also those that start after it was used.</summary>
public sealed class SharedKillSwitch : IKillSwitch
{
    private readonly KillSignal _signal = new();
    private readonly string _name;

    internal SharedKillSwitch(string name) => _name = name;

    public void Shutdown() => _signal.Give(null);

    public void Abort(Exception cause) => _signal.Give(cause ?? throw new ArgumentNullException(nameof(cause)));

    /// <summary>A flow to put into each stream that the switch shall end.</summary>
    public IGraph<FlowShape<T, T>, SharedKillSwitch> Flow<T>() => new KillSwitchFlow<T, SharedKillSwitch>(_ => this, _signal);

    public override string ToString() => $"KillSwitch({_name})";
}
