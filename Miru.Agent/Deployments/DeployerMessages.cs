namespace Miru.Agent.Deployments;

/// <summary>A config of a deployment as the cloud described it, with its bytes.</summary>
/// <param name="ContentType">What the cloud called the bytes; null where it said nothing.</param>
/// <param name="Digest"><c>sha256:…</c> of <paramref name="Content"/>, verified by whoever read it.</param>
internal sealed record DeploymentConfig(
    string ConfigTypeName, string FilePath, string? ContentType, string Digest, ReadOnlyMemory<byte> Content);

/// <summary>Command: make these files, and no others of ours, stand on disk.</summary>
/// <param name="OwnedPaths">Every path the agent wrote before and has not removed.</param>
/// <param name="Failures">How often applying this deployment failed already.</param>
internal sealed record ApplyDeployment(
    string DeploymentId, IReadOnlyList<DeploymentConfig> Configs, IReadOnlyCollection<string> OwnedPaths, int Failures);

/// <summary>Command: remove every file of ours; nothing takes their place.</summary>
internal sealed record WithdrawDeployment(string DeploymentId, IReadOnlyCollection<string> OwnedPaths, int Failures);

/// <summary>A config whose file is in place, under the name applications know.</summary>
internal sealed record PlacedConfig(string Slug, string Format, DeploymentConfig Config);

/// <summary>Fact: all files are durable and in place.</summary>
/// <param name="LeftBehind">Paths of ours that could not be removed; they stay owned and are tried again with the next deployment.</param>
internal sealed record DeploymentApplied(string DeploymentId, IReadOnlyList<PlacedConfig> Configs, IReadOnlyCollection<string> LeftBehind);

/// <summary>Fact: every file of ours is gone, except <paramref name="LeftBehind"/>.</summary>
internal sealed record DeploymentWithdrawn(string DeploymentId, IReadOnlyCollection<string> LeftBehind);

/// <summary>Fact: the deployment can never be applied as it is; no file was touched.</summary>
/// <param name="Code">One of <see cref="RefusalCodes"/>.</param>
internal sealed record DeploymentRefused(string DeploymentId, string Code, string Reason);

/// <summary>Fact: this computer could not do it now.</summary>
internal sealed record DeploymentFailed(string DeploymentId, string Reason, TimeSpan RetryAfter);
