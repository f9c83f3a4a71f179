using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends everything back to who sent it.</summary>
public class SimpleEchoActor : ReceiveActor
{
    /// <summary>An echo.</summary>
    public SimpleEchoActor() => ReceiveAny(message => Sender.Tell(message, Self));

    /// <summary>How to make one.</summary>
    public static Props Props() => Actor.Props.Create<SimpleEchoActor>();
}
