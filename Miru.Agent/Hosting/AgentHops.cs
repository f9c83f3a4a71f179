using Akka.Actor;

namespace Miru.Agent.Hosting;

/// <summary>How the hops are made, so that a test can put a probe in the place of any of them.</summary>
/// <param name="Notifier">Hop 4.</param>
/// <param name="Deployer">Hop 3.</param>
/// <param name="Store">Hop 2, from the deployer and the notifier it tells.</param>
/// <param name="Listener">Hop 5 and its connections, from the notifier they subscribe to.</param>
/// <param name="Cloud">Hop 1, from the store it feeds.</param>
internal sealed record AgentHops(
    Func<Props> Notifier,
    Func<Props> Deployer,
    Func<IActorRef, IActorRef, Props> Store,
    Func<IActorRef, Props> Listener,
    Func<IActorRef, Props> Cloud);
