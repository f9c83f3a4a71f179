namespace Akka.Actor;

/// <summary>Finds and makes an extension of type T.</summary>
public interface IExtensionId<T> : IExtensionId where T : IExtension
{
    /// <summary>The system's extension; made now when there is none yet.</summary>
    new T Apply(ActorSystem system);

    /// <summary>The system's extension.</summary>
    new T Get(ActorSystem system);

    /// <summary>Makes it; called once per system.</summary>
    new T CreateExtension(ExtendedActorSystem system);
}
