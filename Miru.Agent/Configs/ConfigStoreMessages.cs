using Miru.Agent.Deployments;

namespace Miru.Agent.Configs;

/// <summary>Fact for the parent: the store is open and this is what it holds.</summary>
internal sealed record StoreOpened(ConfigSnapshot Snapshot);

/// <summary>A deployment as the cloud listed it.</summary>
/// <param name="Release">The release's version, or its id where the list had no version.</param>
internal sealed record FetchedDeployment(
    string Id, string Release, DeploymentTarget Target, DeploymentActivity Activity, IReadOnlyList<FetchedInstance> Instances);

/// <summary>A config instance of a listed deployment. Its content never changes; a changed config is another instance.</summary>
internal sealed record FetchedInstance(string Id, string ConfigTypeName, string FilePath);

/// <summary>Question: which of these instances have bytes the store needs and does not have? Answered with <see cref="MissingContents"/>.</summary>
internal sealed record FindMissingContents(IReadOnlyList<FetchedDeployment> Deployments);

internal sealed record MissingContents(IReadOnlyList<string> InstanceIds);

/// <summary>Command: keep the bytes of an instance. Answered with <see cref="ContentKept"/> or <see cref="StoreFailed"/>.</summary>
internal sealed record KeepContent(string InstanceId, string? ContentType, ReadOnlyMemory<byte> Content);

/// <summary>Command: remember that an instance can never be had, so that its deployment is refused. Answered like <see cref="KeepContent"/>.</summary>
/// <param name="Code">One of <see cref="RefusalCodes"/>.</param>
internal sealed record RefuseContent(string InstanceId, string Code, string Reason);

internal sealed record ContentKept(string InstanceId);

/// <summary>
/// Command: these are all deployments that are active for this device. Told after every missing content was kept or refused.
/// Answered with <see cref="DeploymentsKept"/> or <see cref="StoreFailed"/>.
/// </summary>
internal sealed record KeepDeployments(IReadOnlyList<FetchedDeployment> Deployments);

internal sealed record DeploymentsKept;

/// <summary>Fact: the command changed nothing, because the disk would not take it. It may be sent again later.</summary>
internal sealed record StoreFailed(string Reason);

/// <summary>Command from the reporter: tell me <see cref="ReportsQueued"/> whenever the outbox grows, and now if it is not empty.</summary>
internal sealed record SubscribeReports;

/// <summary>Fact: the outbox is not empty.</summary>
internal sealed record ReportsQueued;

/// <summary>Question: what is the oldest report? Answered with <see cref="NextReport"/>.</summary>
internal sealed record GetNextReport;

/// <param name="Report">Null if the outbox is empty.</param>
internal sealed record NextReport(StatusReport? Report);

/// <summary>Command: the cloud has taken this report, or never will.</summary>
internal sealed record ForgetReport(long ReportId);

/// <summary>What the cloud should know of a deployment, in its own words.</summary>
internal sealed record StatusReport(
    long Id, string DeploymentId, DeploymentActivity Activity, DeploymentError Error, DateTimeOffset? DeployedAt, DateTimeOffset? ArchivedAt);

/// <summary>Command: look whether an operator left a request in the state directory.</summary>
internal sealed record TakeRequests;

/// <summary>Fact from the auditor: the whole store has been read.</summary>
/// <param name="Damage">What is not as it was written; null if nothing is.</param>
internal sealed record StoreAudited(StoreDamageException? Damage);
