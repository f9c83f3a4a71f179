using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Passes everything on in its sender's name.</summary>
public class ForwardActor : ReceiveActor
{
    /// <summary>Passes on to <paramref name="target"/>.</summary>
    public ForwardActor(IActorRef target) => ReceiveAny(target.Forward);

    /// <summary>How to make one.</summary>
    public static Props Props(IActorRef target) => Actor.Props.Create(() => new ForwardActor(target));
}
