using System.Diagnostics.CodeAnalysis;
using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>The mailboxes of a system by id. Here there is one kind of mailbox, which can do what all of them promise; an id may bound it.</summary>
public class Mailboxes
{
    /// <summary>The mailbox of actors whose props name no other.</summary>
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    /// <summary>An actor asks for no mailbox in particular.</summary>
    public static readonly string NoMailboxRequirement = "";

    private readonly ActorSystem _system;

    /// <summary>The mailboxes that the settings of <paramref name="system"/> describe.</summary>
    public Mailboxes(ActorSystem system) => _system = system;

    /// <summary>True when actors of a type ask for a mailbox of certain semantics.</summary>
    public bool HasRequiredType([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type actorType) => GetRequiredType(actorType) is not null;

    /// <summary>The semantics that actors of a type ask of their mailbox by <see cref="IRequiresMessageQueue{T}"/>; null for none.</summary>
    public Type GetRequiredType([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.Interfaces)] Type actorType) => actorType.GetInterfaces()
        .FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequiresMessageQueue<>))?.GenericTypeArguments[0];

    /// <summary>The bound of the mailbox with this id; null for none.</summary>
    internal MailboxBound Bound(string id) => MailboxBound.From(_system.Settings.Config, id);
}
