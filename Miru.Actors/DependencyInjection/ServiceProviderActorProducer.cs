using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;

namespace Akka.DependencyInjection;

/// <summary>Makes each incarnation of an actor from fresh services and the same arguments.</summary>
internal sealed class ServiceProviderActorProducer(
    IServiceProvider provider, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type actorType, object[] args) : IIndirectActorProducer
{
    // A field, as the property cannot carry what the trimmer must know.
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    private readonly Type _actorType = actorType;

    public Type ActorType => _actorType;

    public ActorBase Produce() => (ActorBase)ActivatorUtilities.CreateInstance(provider, _actorType, args);

    public void Release(ActorBase actor)
    {
        // Services belong to the container; actors that own something release it in PostStop.
    }
}
