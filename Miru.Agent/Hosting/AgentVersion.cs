using System.Reflection;

namespace Miru.Agent.Hosting;

/// <summary>Which agent this is.</summary>
internal static class AgentVersion
{
    /// <summary>The version without the commit it was built from, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = Read();

    private static string Read()
    {
        var informational = typeof(AgentVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var commit = informational.IndexOf('+');
        return commit < 0 ? informational : informational[..commit];
    }
}
