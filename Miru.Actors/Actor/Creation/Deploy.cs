using Akka.Util;

namespace Akka.Actor;

/// <summary>How an actor is deployed: here that is the dispatcher it runs on.</summary>
public class Deploy : IEquatable<Deploy>
{
    /// <summary>Leaves the dispatcher to the default.</summary>
    public static readonly string NoDispatcherGiven = null;

    /// <summary>Leaves the mailbox to the default.</summary>
    public static readonly string NoMailboxGiven = null;

    /// <summary>In this process, on the default dispatcher.</summary>
    public static readonly Deploy Local = new();

    /// <summary>Nothing special.</summary>
    public static readonly Deploy None = null;

    /// <summary>The default.</summary>
    public Deploy() : this(NoDispatcherGiven, NoMailboxGiven) { }

    private Deploy(string dispatcher, string mailbox)
    {
        Dispatcher = dispatcher;
        Mailbox = mailbox;
    }

    /// <summary>The id of the dispatcher; null for the default.</summary>
    public string Dispatcher { get; }

    /// <summary>The id of the mailbox; null for the default.</summary>
    public string Mailbox { get; }

    /// <summary>The same on another dispatcher.</summary>
    public virtual Deploy WithDispatcher(string dispatcher) => new(dispatcher, Mailbox);

    /// <summary>The same with another mailbox. This runtime has one kind of mailbox, which can do what all of them promise.</summary>
    public virtual Deploy WithMailbox(string mailbox) => new(Dispatcher, mailbox);

    /// <inheritdoc/>
    public bool Equals(Deploy other) => other is not null && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox;

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as Deploy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Dispatcher, Mailbox);
}
