using Akka.Actor;

namespace Miru.Actors.Tests.Own.Trimming;

/// <summary>Lets a child greet; fails with what it is told to.</summary>
internal sealed class Greeter : ReceiveActor
{
    public Greeter(Greeting greeting)
    {
        var child = Context.ActorOf(Props.Create(() => new Child(greeting)), "child");
        Receive<Exception>(cause => throw cause);
        Receive<string>(child.Forward);
    }

    private sealed class Child : ReceiveActor
    {
        public Child(Greeting greeting) => Receive<string>(whom => Sender.Tell(greeting.To(whom)));
    }
}
