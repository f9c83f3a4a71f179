namespace Akka.Actor;

/// <summary>Finds and makes an extension.</summary>
public interface IExtensionId
{
    /// <summary>The extension's type.</summary>
    Type ExtensionType { get; }

    /// <summary>The system's extension; made now when there is none yet.</summary>
    object Apply(ActorSystem system);

    /// <summary>The system's extension.</summary>
    object Get(ActorSystem system);

    /// <summary>Makes it; called once per system.</summary>
    object CreateExtension(ExtendedActorSystem system);
}
