using Akka.Actor;

namespace Akka.Serialization;

/// <summary>Writes references as texts and reads them again. Nothing else is written here: messages never leave the process.</summary>
public class Serialization
{
    /// <summary>For the references of a system.</summary>
    public Serialization(ExtendedActorSystem system) => System = system;

    /// <summary>The system whose references it reads.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>A reference as a text, its incarnation included; empty for <see cref="ActorRefs.NoSender"/>.</summary>
    public static string SerializedActorPath(IActorRef actorRef) => Equals(actorRef, ActorRefs.NoSender) ? "" : actorRef.Path.ToStringWithUid();

    /// <summary>The reference of who lives now at the path in a text. The incarnation in it is not compared, as in Akka.NET.</summary>
    public IActorRef DeserializeActorRef(string path) => System.Provider.ResolveActorRef(path);
}
