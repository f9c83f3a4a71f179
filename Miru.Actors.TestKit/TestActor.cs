using Akka.Actor;

namespace Akka.TestKit;

/// <summary>What a test tells its test actor besides the messages it wants to see.</summary>
public static class TestActor
{
    /// <summary>Whether a message is not worth showing to the test.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Answer of a pilot: the same for the next message.</summary>
    public static AutoPilot KeepRunning => TestKit.KeepRunning.Instance;

    /// <summary>Answer of a pilot: none from now on.</summary>
    public static AutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    /// <summary>The envelope that says that nothing arrived.</summary>
    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    /// <summary>Ignore messages by this rule from now on; null for none.</summary>
    public class SetIgnore(Ignore ignore) : INoSerializationVerificationNeeded
    {
        /// <summary>The rule.</summary>
        public Ignore Ignore { get; } = ignore;
    }

    /// <summary>Watch an actor; its end arrives as <see cref="Terminated"/>.</summary>
    public class Watch(IActorRef actorToWatch) : INoSerializationVerificationNeeded
    {
        /// <summary>Whom to watch.</summary>
        public IActorRef Actor { get; } = actorToWatch;
    }

    /// <summary>Watch an actor no longer.</summary>
    public class Unwatch(IActorRef actorToUnwatch) : INoSerializationVerificationNeeded
    {
        /// <summary>Whom to watch no longer.</summary>
        public IActorRef Actor { get; } = actorToUnwatch;
    }

    /// <summary>Let a pilot handle the messages as they arrive.</summary>
    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        /// <summary>The pilot.</summary>
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    /// <summary>Make a child; its reference arrives as a message.</summary>
    internal sealed class SpawnChild(Props props, string name, SupervisorStrategy strategy) : INoSerializationVerificationNeeded
    {
        public SupervisorStrategy Strategy { get; } = strategy;

        public IActorRef Apply(IActorRefFactory context) => name is null ? context.ActorOf(props) : context.ActorOf(props, name);
    }
}
