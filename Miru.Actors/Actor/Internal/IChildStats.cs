namespace Akka.Actor.Internal;

/// <summary>What a parent knows about a child.</summary>
public interface IChildStats;
