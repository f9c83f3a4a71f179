using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Passes everything on to the test actor, and back to the sender if wanted.</summary>
public class EchoActor : ReceiveActor
{
    /// <summary>An echo to the test actor of <paramref name="testkit"/>.</summary>
    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true)
    {
        ReceiveAny(message =>
        {
            if (echoBackToSenderAsWell) Sender.Forward(message);
            testkit.TestActor.Tell(message, Sender);
        });
    }

    /// <summary>How to make one.</summary>
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Actor.Props.Create(() => new EchoActor(testkit, echoBackToSenderAsWell));
}
