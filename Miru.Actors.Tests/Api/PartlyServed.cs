using System.Reflection;
using Akka.Streams;

namespace Miru.Actors.Tests.Api;

/// <summary>
/// The types of Akka.NET that ask an implementer for another member than <c>Miru.Actors</c> does: there a graph shows its module layout, here that is
/// the interpreter's own affair. To use one is the same on both runtimes; to implement one is not, so nobody does.
/// </summary>
internal static class PartlyServed
{
    private static readonly Type[] Types = [typeof(IGraph<>)];

    /// <summary>The types of <paramref name="assembly"/> that implement or extend one of them themselves.</summary>
    public static IEnumerable<Type> ImplementedIn(Assembly assembly) => assembly.GetTypes().Where(type => Own(type).Any(Types.Contains));

    private static IEnumerable<Type> Own(Type type)
    {
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        return type.GetInterfaces().Except(inherited).Append(type.BaseType ?? typeof(object))
            .Select(one => one.IsGenericType ? one.GetGenericTypeDefinition() : one);
    }
}
