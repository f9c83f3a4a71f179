using System.Reflection;

namespace Miru.Actors.Tests.Api;

/// <summary>The public and protected members of the <c>Akka.*</c> namespaces, a line each, in an order that does not depend on the compiler.</summary>
internal static class ApiSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(params Assembly[] assemblies) => assemblies
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.FullName.StartsWith("Akka.", StringComparison.Ordinal) && IsVisible(type))
        .SelectMany(Describe)
        .Distinct()
        .Order(StringComparer.Ordinal)
        .ToList();

    private static IEnumerable<string> Describe(Type type)
    {
        var shape = type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : typeof(Delegate).IsAssignableFrom(type) ? "delegate" : "class";
        var name = TypeName.Of(type);
        var parents = type.GetInterfaces().Where(IsVisible).Where(parent => parent.FullName?.StartsWith("Akka.", StringComparison.Ordinal) == true).Select(TypeName.Of);
        if (type.BaseType is { } parentClass && shape == "class" && parentClass != typeof(object)) parents = parents.Prepend(TypeName.Of(parentClass));
        yield return $"{name} {shape}{(type.IsAbstract && !type.IsInterface ? type.IsSealed ? " static" : " abstract" : type.IsSealed ? " sealed" : "")} : {string.Join(", ", parents.Order(StringComparer.Ordinal))}".TrimEnd(' ', ':');
        foreach (var member in type.GetMembers(Declared))
        {
            var line = member switch
            {
                MethodInfo { IsSpecialName: false } method when IsVisible(method) && IsWritten(method) => $"{Modifiers(method)}{TypeName.Of(method.ReturnType)} {method.Name}{TypeName.Arguments(method)}({Parameters(method)})",
                MethodInfo { IsSpecialName: true } method when method.Name.StartsWith("op_", StringComparison.Ordinal) => $"{TypeName.Of(method.ReturnType)} {method.Name}({Parameters(method)})",
                ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => $"{Modifiers(constructor)}.ctor({Parameters(constructor)})",
                PropertyInfo property when IsVisible(property.GetMethod) || IsVisible(property.SetMethod) => $"{TypeName.Of(property.PropertyType)} {property.Name} {{{(IsVisible(property.GetMethod) ? " get;" : "")}{(IsVisible(property.SetMethod) ? " set;" : "")} }}",
                FieldInfo field when (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName => $"{TypeName.Of(field.FieldType)} {field.Name}{(field.IsLiteral ? " = " + field.GetRawConstantValue() : "")}",
                EventInfo occasion when IsVisible(occasion.AddMethod) => $"event {TypeName.Of(occasion.EventHandlerType)} {occasion.Name}",
                _ => null,
            };
            if (line is not null) yield return $"{name}  {line}";
        }
    }

    private static bool IsVisible(Type type) =>
        type.IsNested ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType) : type.IsPublic;

    private static bool IsVisible(MethodBase method) => method is not null && (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);

    private static bool IsWritten(MethodInfo method) => !method.Name.Contains('<') && !method.Name.Contains('.');

    private static string Modifiers(MethodBase method) =>
        (method.IsPublic ? "" : "protected ") + (method.IsStatic ? "static " : method.DeclaringType.IsInterface ? "" : method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")}{TypeName.Of(parameter.ParameterType)} {parameter.Name}{(parameter.IsOptional ? "?" : "")}"));
}
