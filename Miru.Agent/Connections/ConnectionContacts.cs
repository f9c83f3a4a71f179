using Akka.Actor;

namespace Miru.Agent.Connections;

/// <summary>Whom a connection tells things, besides its peer.</summary>
/// <param name="Notifier">Has snapshots and beats for it.</param>
/// <param name="Status">Knows how the agent is, and wants to know who is connected.</param>
/// <param name="Cloud">Takes <see cref="Cloud.SyncNow"/>.</param>
internal sealed record ConnectionContacts(IActorRef Notifier, IActorRef Status, IActorRef Cloud);
