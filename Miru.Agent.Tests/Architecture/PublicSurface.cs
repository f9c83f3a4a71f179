using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Miru.Agent.Tests.Architecture;

/// <summary>What an assembly exports, as text that a review can read: one line per type and member, sorted.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Declaration(type)).Append('\n');
            foreach (var line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Declaration(Type type)
    {
        var kind = type switch
        {
            { IsEnum: true } => $"enum {type.FullName} : {Name(Enum.GetUnderlyingType(type))}",
            { IsValueType: true } => $"struct {type.FullName}",
            { IsInterface: true } => $"interface {type.FullName}",
            { IsAbstract: true, IsSealed: true } => $"static class {type.FullName}",
            { IsAbstract: true } => $"abstract class {type.FullName}",
            { IsSealed: true } => $"sealed class {type.FullName}",
            _ => $"class {type.FullName}",
        };
        return type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)
            ? $"{kind} : {Name(parent)}"
            : kind;
    }

    private static IEnumerable<string> Members(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name)):D3}")
        : type.GetMembers(Declared).Where(IsWritten).Select(Describe).OfType<string>();

    // What the compiler adds to records is not what a person has decided.
    private static bool IsWritten(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not MethodInfo { IsSpecialName: true }
        && !member.Name.StartsWith('<') && !(member is MethodInfo { IsVirtual: true } method && method.GetBaseDefinition() != method);

    private static string? Describe(MemberInfo member) => member switch
    {
        FieldInfo { IsLiteral: true } field => $"const {Name(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}",
        FieldInfo field => $"field {Name(field.FieldType)} {field.Name}",
        PropertyInfo property => $"{Static(property.GetMethod!)}{Name(property.PropertyType)}{Mark(Nullability.Create(property))} "
            + $"{property.Name} {{ {Accessors(property)} }}",
        EventInfo raised => $"event {Name(raised.EventHandlerType!)} {raised.Name}",
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{Static(method)}{Name(method.ReturnType)}{Mark(Nullability.Create(method.ReturnParameter))} "
            + $"{method.Name}{Generics(method)}({Parameters(method)})",
        _ => null,
    };

    private static string Accessors(PropertyInfo property) => property.SetMethod is { IsPublic: true } setter
        ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "get; init;" : "get; set;"
        : "get;";

    private static string Static(MethodInfo method) => method.IsStatic ? "static " : "";

    private static string Generics(MethodInfo method) => method.IsGenericMethod
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
        : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)}{Mark(Nullability.Create(parameter))} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    private static string Mark(NullabilityInfo info) =>
        info.ReadState == NullabilityState.Nullable && Nullable.GetUnderlyingType(info.Type) is null ? "?" : "";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return $"ref {Name(type.GetElementType()!)}";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Name(value)}?";
        }

        return type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
    }
}
