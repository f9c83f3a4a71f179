using System.Reflection;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Streams;

namespace Miru.Actors.Tests.Api;

/// <summary>
/// Types of Akka.NET that ask an implementer for more members than <c>Miru.Actors</c> does. To call them is the same on both runtimes; to
/// implement one would compile here and break there, so nobody does.
/// </summary>
internal static class PartlyServed
{
    private static readonly Type[] Types =
    [
        typeof(ActorSystem), typeof(ExtendedActorSystem), typeof(IInternalActorRef), typeof(InternalActorRefBase),
        typeof(SupervisorStrategy), typeof(IDispatcherPrerequisites), typeof(IGraph<>),
    ];

    /// <summary>The types of <paramref name="assembly"/> that implement or extend one of them themselves.</summary>
    public static IEnumerable<Type> ImplementedIn(Assembly assembly) => assembly.GetTypes().Where(type => Own(type).Any(Types.Contains));

    private static IEnumerable<Type> Own(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        return type.GetInterfaces().Except(inherited).Append(type.BaseType ?? typeof(object))
            .Select(one => one.IsGenericType ? one.GetGenericTypeDefinition() : one);
    }
}
