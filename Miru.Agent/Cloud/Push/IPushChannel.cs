using Akka.Actor;
using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Push;

/// <summary>
/// How a change in the cloud reaches the agent before the next interval. The poller owns one and asks it from its own thread only.
/// <see cref="LongPollChannel"/> is the one there is. The hosted product pushes by MQTT (<c>cmd/devices/{id}/sync</c>): a channel over a
/// well-kept MQTT library goes here as a second implementation, tells the poller <see cref="SyncNow"/> for what it hears, and has no hold.
/// </summary>
internal interface IPushChannel
{
    /// <summary>How long the cloud may hold the next list request until the list differs; zero where this channel holds none.</summary>
    TimeSpan Hold { get; }

    /// <summary>Changes arrive by this channel now, so that the interval may rest.</summary>
    bool IsLive { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="poller">Told <see cref="SyncNow"/> for a change that arrives by another way than a held request.</param>
    void Open(IActorRef poller);

    /// <summary>A request that could have been held was answered.</summary>
    /// <param name="applied">The server can hold.</param>
    void Answered(bool applied);

    /// <summary>A request that could have been held failed.</summary>
    /// <param name="after">How long it had lasted.</param>
    /// <returns>True if the hold was cut short by something on the way, which says nothing about the cloud; false for an ordinary failure.</returns>
    bool Failed(TimeSpan after, CloudFailure failure);

    /// <summary>Ends; <see cref="Open"/> may follow.</summary>
    void Close();
}
