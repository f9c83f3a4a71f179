namespace Akka.Actor;

/// <summary>The reference that leads nowhere; messages to it vanish without a dead letter.</summary>
public sealed class Nobody : MinimalActorRef
{
    /// <summary>The only one.</summary>
    public static Nobody Instance = new();

    private Nobody() { }

    /// <inheritdoc/>
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/Nobody");
}
