using System.Diagnostics.CodeAnalysis;

namespace Akka.Util;

/// <summary>
/// Makes objects of types that settings name. A name says an assembly of Akka.NET where here another one has the type, so the
/// assembly in it is only a hint. Types named by settings must be kept by whoever writes the settings; a trimmed program names none.
/// </summary>
internal static class TypeName
{
    /// <exception cref="TypeLoadException">No loaded assembly has the type, or it is no T.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "Who names a type in settings keeps it; the default logger is kept where it is started.")]
    internal static T Create<T>(string name, params object[] arguments)
    {
        var type = Resolve(name) ?? throw new TypeLoadException($"The type [{name}] that the settings name is in no loaded assembly.");
        return Activator.CreateInstance(type, arguments) is T made ? made : throw new TypeLoadException($"The type [{name}] that the settings name is no {typeof(T)}.");
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "As above.")]
    internal static Type Resolve(string name)
    {
        if (Type.GetType(name) is { } type) return type;
        var bare = name.Split(',')[0].Trim();
        return typeof(TypeName).Assembly.GetType(bare)
            ?? AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(bare)).FirstOrDefault(found => found is not null);
    }
}
