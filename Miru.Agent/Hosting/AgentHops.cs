using Akka.Actor;

namespace Miru.Agent.Hosting;

/// <summary>How the hops are made, so that a test can put a probe in the place of any of them.</summary>
/// <param name="Status">Beside the hops: what each of them reports to.</param>
/// <param name="Notifier">Hop 4.</param>
/// <param name="Deployer">Hop 3.</param>
/// <param name="Store">Hop 2, from the deployer, the notifier and the status it tells.</param>
/// <param name="Listener">Hop 5 and its connections, from the notifier they subscribe to and the status.</param>
/// <param name="Cloud">Hop 1, from the store it feeds and the status.</param>
internal sealed record AgentHops(
    Func<Props> Status,
    Func<Props> Notifier,
    Func<Props> Deployer,
    Func<IActorRef, IActorRef, IActorRef, Props> Store,
    Func<IActorRef, IActorRef, Props> Listener,
    Func<IActorRef, IActorRef, Props> Cloud);
