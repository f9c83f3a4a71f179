using System.Reflection;

namespace Quickstart;

/// <summary>Places in the source tree that the build wrote into this program (see Quickstart.csproj).</summary>
internal static class BuildMetadata
{
    public static string ConfigsFolder { get; } = Read("ConfigsFolder");

    public static string AgentProgram { get; } = Read("AgentProgram");

    private static string Read(string key) =>
        Path.GetFullPath(typeof(BuildMetadata).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!);
}
