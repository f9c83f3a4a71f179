namespace Akka.Actor;

/// <summary>An actor that wants a stash; it is there from <c>PreStart</c> on, not in the constructor.</summary>
public interface IActorStash
{
    /// <summary>The stash; set by the runtime.</summary>
    IStash Stash { get; set; }
}
