using System.Reflection;

namespace Miru.Actors.Tests.Api;

/// <summary>Types written as in C#, with the namespace only where it is Akka's.</summary>
internal static class TypeName
{
    public static string Of(Type type)
    {
        if (type.IsByRef) return Of(type.GetElementType());
        if (type.IsArray) return Of(type.GetElementType()) + "[]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner) + "?";
        var owner = type.IsNested ? Of(type.DeclaringType) + "+" : type.Namespace?.StartsWith("Akka", StringComparison.Ordinal) == true ? type.Namespace + "." : "";
        var tick = type.Name.IndexOf('`');
        var own = type.GetGenericArguments().Skip(type.IsNested ? type.DeclaringType.GetGenericArguments().Length : 0).ToList();
        return owner + (tick < 0 ? type.Name : type.Name[..tick]) + (own.Count == 0 ? "" : $"<{string.Join(", ", own.Select(Of))}>");
    }

    public static string Arguments(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
}
