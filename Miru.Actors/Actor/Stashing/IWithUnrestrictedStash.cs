namespace Akka.Actor;

/// <summary>An actor with a stash that does not care about its mailbox.</summary>
public interface IWithUnrestrictedStash : IActorStash;
