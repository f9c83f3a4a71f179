using Akka.Actor;

namespace Akka.Event;

/// <summary>In whose name something is logged.</summary>
public readonly struct LogSource
{
    private LogSource(string source, Type type)
    {
        Source = source;
        Type = type;
    }

    /// <summary>The name.</summary>
    public string Source { get; }

    /// <summary>The type behind it.</summary>
    public Type Type { get; }

    /// <summary>From an actor, its context, a reference, a type or a text.</summary>
    public static LogSource Create(object o) => Create(o, null);

    /// <summary>The same; a text is followed by the system's name.</summary>
    public static LogSource Create(object o, ActorSystem system) => o switch
    {
        ActorCell cell => new LogSource(cell.Self.Path.ToString(), cell.Actor?.GetType() ?? cell.Props.Type),
        IActorContext context => new LogSource(context.Self.Path.ToString(), typeof(ActorBase)),
        IActorRef reference => new LogSource(reference.Path.ToString(), typeof(IActorRef)),
        string text => new LogSource(system is null ? text : $"{text}({system})", typeof(string)),
        Type type => new LogSource(Logging.SimpleName(type), type),
        _ => new LogSource(Logging.SimpleName(o.GetType()), o.GetType()),
    };

    /// <summary>From a name and a type.</summary>
    public static LogSource Create(string source, Type t) => new(source, t);
}
