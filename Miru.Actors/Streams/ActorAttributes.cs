using Akka.Streams.Supervision;

namespace Akka.Streams;

/// <summary>Attributes that concern the actor that runs a stream.</summary>
public static class ActorAttributes
{
    /// <summary>Runs the stream on the dispatcher with this id.</summary>
    public static Attributes CreateDispatcher(string dispatcherName) => new(new Dispatcher(dispatcherName));

    /// <summary>Decides about exceptions thrown by the functions given to operators; without one, they fail the stream.</summary>
    public static Attributes CreateSupervisionStrategy(Decider strategy) => new(new SupervisionStrategy(strategy));

    /// <summary>The dispatcher of a stream.</summary>
    public sealed class Dispatcher : Attributes.IMandatoryAttribute, IEquatable<Dispatcher>
    {
        public readonly string Name;

        public Dispatcher(string name) => Name = name;

        public bool Equals(Dispatcher other) => other is not null && Name == other.Name;

        public override bool Equals(object obj) => Equals(obj as Dispatcher);

        public override int GetHashCode() => Name?.GetHashCode() ?? 0;

        public override string ToString() => $"Dispatcher({Name})";
    }

    /// <summary>The decider of an operator.</summary>
    public sealed class SupervisionStrategy : Attributes.IMandatoryAttribute
    {
        public readonly Decider Decider;

        public SupervisionStrategy(Decider decider) => Decider = decider;

        public override string ToString() => "SupervisionStrategy";
    }
}
