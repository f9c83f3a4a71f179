namespace Miru.Cloud.Agent;

/// <summary>The contract's <c>Version</c>.</summary>
internal sealed record VersionResource(
    string Version,
    string GitCommit,
    string ApiVersion,
    string ApiGitCommit,
    string GoVersion,
    DateTimeOffset BuildDate,
    string Os,
    string Arch);
