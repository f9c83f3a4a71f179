using System.Reflection;
using System.Runtime.InteropServices;
using Miru.Cloud.Http;

namespace Miru.Cloud.Agent;

/// <summary><c>GET /version</c>.</summary>
internal static class VersionEndpoint
{
    private static readonly VersionResource Version = Describe(typeof(VersionEndpoint).Assembly);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/version", context => context.WriteJsonAsync(Version, Wire.Json.VersionResource));

    private static VersionResource Describe(Assembly assembly)
    {
        // "0.1.0+<commit>", the commit only if the build knew one.
        var stamp = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') ?? ["0.0.0"];
        return new VersionResource(
            Version: $"v{stamp[0]}",
            GitCommit: stamp.Length > 1 ? stamp[1] : "unknown",
            ApiVersion: Contract.Version,
            ApiGitCommit: Contract.GitCommit,
            // The contract insists on a Go version; the honest answer is what runs instead.
            GoVersion: RuntimeInformation.FrameworkDescription,
            BuildDate: File.GetLastWriteTimeUtc(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.dll")),
            Os: OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "windows",
            Arch: RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "x86_64",
                Architecture.Arm64 => "aarch64",
                var other => other.ToString().ToLowerInvariant(),
            });
    }
}
