using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments;

/// <summary>A config of a deployment as the cloud described it, with its bytes.</summary>
/// <param name="ContentType">What the cloud called the bytes; null where it said nothing.</param>
/// <param name="Digest"><c>sha256:…</c> of <paramref name="Content"/>, verified by whoever read it.</param>
internal sealed record DeploymentConfig(
    string ConfigTypeName, string FilePath, string? ContentType, string Digest, ReadOnlyMemory<byte> Content);

/// <summary>A config whose file is in place, or waits beside its place, under the name applications know.</summary>
internal sealed record PlacedConfig(string Slug, string Format, DeploymentConfig Config);

/// <summary>Something the store wants done. Every command has one outcome.</summary>
internal abstract record DeploymentCommand(string DeploymentId)
{
    /// <summary>Names this command in its outcome, so that the outcome of an earlier one is not mistaken for it.</summary>
    public long Ticket { get; init; }
}

/// <summary>What became of the command with this ticket.</summary>
internal abstract record DeploymentOutcome(long Ticket, string DeploymentId);

/// <summary>
/// Command: check this deployment and stage its files. Answered with <see cref="DeploymentStaged"/>, <see cref="DeploymentRefused"/> or
/// <see cref="DeploymentFailed"/>. The store has written down what it intends.
/// </summary>
/// <param name="Owned">Every file the agent wrote before and has not removed.</param>
/// <param name="Failures">How often applying this deployment failed already.</param>
internal sealed record ApplyDeployment(
    string DeploymentId, IReadOnlyList<DeploymentConfig> Configs, IReadOnlyCollection<OwnedFile> Owned, int Failures) : DeploymentCommand(DeploymentId);

/// <summary>
/// Command: what is staged takes its place. The store has made the decision durable, so this is tried until it succeeds. Answered with
/// <see cref="DeploymentApplied"/> or <see cref="SwitchFailed"/>.
/// </summary>
/// <param name="Recovering">The files were staged by another life of the agent, or an attempt to switch them failed.</param>
internal sealed record SwitchDeployment(
    string DeploymentId, IReadOnlyList<PlacedConfig> Configs, SwitchPlan Plan, bool Recovering, int Failures) : DeploymentCommand(DeploymentId);

/// <summary>Command: take away what is staged for these files. Answered with <see cref="DeploymentRolledBack"/>.</summary>
internal sealed record RollBackDeployment(string DeploymentId, IReadOnlyList<OwnedFile> Files) : DeploymentCommand(DeploymentId);

/// <summary>
/// Command: remove every file of ours; nothing takes their place. Answered with <see cref="DeploymentWithdrawn"/> or <see cref="DeploymentFailed"/>.
/// </summary>
internal sealed record WithdrawDeployment(string DeploymentId, IReadOnlyCollection<OwnedFile> Owned, int Failures) : DeploymentCommand(DeploymentId);

/// <summary>Fact: all bytes are durable beside the files they will replace; no file an application reads has changed.</summary>
internal sealed record DeploymentStaged(
    long Ticket, string DeploymentId, IReadOnlyList<PlacedConfig> Configs, SwitchPlan Plan, IReadOnlyList<FileNotice> Notices, int Failures)
    : DeploymentOutcome(Ticket, DeploymentId);

/// <summary>Fact: all files are durable and in place.</summary>
/// <param name="LeftBehind">Files of ours that could not be removed; they stay owned and are tried again with the next deployment.</param>
internal sealed record DeploymentApplied(
    long Ticket, string DeploymentId, IReadOnlyList<PlacedConfig> Configs, IReadOnlyCollection<OwnedFile> LeftBehind, IReadOnlyList<FileNotice> Notices)
    : DeploymentOutcome(Ticket, DeploymentId);

/// <summary>Fact: every file of ours is gone, except <paramref name="LeftBehind"/>.</summary>
internal sealed record DeploymentWithdrawn(
    long Ticket, string DeploymentId, IReadOnlyCollection<OwnedFile> LeftBehind, IReadOnlyList<FileNotice> Notices)
    : DeploymentOutcome(Ticket, DeploymentId);

/// <summary>Fact: nothing is staged for it any more.</summary>
/// <param name="Standing">Those of its files that had taken their place before.</param>
internal sealed record DeploymentRolledBack(long Ticket, string DeploymentId, IReadOnlyList<OwnedFile> Standing) : DeploymentOutcome(Ticket, DeploymentId);

/// <summary>Fact: the deployment can never be applied as it is; no file was touched.</summary>
/// <param name="Code">One of <see cref="RefusalCodes"/>.</param>
internal sealed record DeploymentRefused(long Ticket, string DeploymentId, string Code, string Reason) : DeploymentOutcome(Ticket, DeploymentId);

/// <summary>Fact: this computer could not do it now; no file an application reads has changed.</summary>
internal sealed record DeploymentFailed(long Ticket, string DeploymentId, string Reason, TimeSpan RetryAfter) : DeploymentOutcome(Ticket, DeploymentId);

/// <summary>Fact: this computer could not switch all files now. Some may be new already; what applications get from the agent is still the old.</summary>
internal sealed record SwitchFailed(long Ticket, string DeploymentId, string Reason, TimeSpan RetryAfter) : DeploymentOutcome(Ticket, DeploymentId);
