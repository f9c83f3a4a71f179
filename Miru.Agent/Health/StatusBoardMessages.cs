using Miru.Agent.Deployments;

namespace Miru.Agent.Health;

/// <summary>Question: how is the agent? Answered with <see cref="StatusGathered"/>.</summary>
/// <param name="Ticket">Comes back with the answer.</param>
/// <param name="NamesApplications">Whether the asker may know who else is connected.</param>
internal sealed record GatherStatus(int Ticket, bool NamesApplications);

/// <param name="Json">One JSON object in UTF-8, as docs/protocol.md has it.</param>
internal sealed record StatusGathered(int Ticket, ReadOnlyMemory<byte> Json);

/// <summary>Fact from a connection: its peer has said who it is. It is gone when the connection is.</summary>
/// <param name="App">What it calls itself.</param>
/// <param name="Sdk">Its library and version.</param>
internal sealed record ApplicationGreeted(string App, string Sdk, int ProcessId, uint UserId);

/// <summary>Fact from the store: what is current, and what the cloud wants of this device.</summary>
/// <param name="Problem">Why its disk takes no writes; <c>null</c> while it does.</param>
/// <param name="Deployments">Those that matter now; current and wanted ones, and refused ones with their reason.</param>
internal sealed record StoreReported(string Epoch, long Sequence, int Configs, IReadOnlyList<DeploymentReport> Deployments, string? Problem = null);

/// <summary>One deployment as the status shows it.</summary>
/// <param name="Reason">Why it is retrying or was refused; <c>null</c> otherwise.</param>
/// <param name="Sequence">The sequence at which it became current; <c>null</c> if it never was.</param>
internal sealed record DeploymentReport(
    string Id,
    string Release,
    DeploymentTarget Target,
    DeploymentActivity Activity,
    DeploymentError Error,
    string? Reason,
    DateTimeOffset? RetryAt,
    long? Sequence);

/// <summary>Fact from the drift watcher: these deployed files are not as they were deployed; all others are, as far as it knows.</summary>
internal sealed record DriftReported(IReadOnlyList<DriftedFile> Files);

/// <param name="Kind"><c>changed</c>, <c>missing</c>, <c>replaced</c> or <c>unreachable</c>.</param>
/// <param name="Reason">For people; without contents.</param>
/// <param name="Since">When that was noticed.</param>
internal sealed record DriftedFile(string Path, string Kind, string? Reason, DateTimeOffset Since);

/// <summary>Fact from the cloud hop: how the last attempt to ask the cloud ended, or why there is none.</summary>
/// <param name="State">In one word.</param>
/// <param name="Problem">What went wrong with it; <c>null</c> where nothing did.</param>
/// <param name="NextAttempt">When the cloud is asked again; <c>null</c> while a held poll waits for its news.</param>
internal sealed record CloudReported(CloudState State, CloudProblem? Problem, DateTimeOffset? NextAttempt);

/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">For people; without tokens or contents.</param>
internal sealed record CloudProblem(string Code, string Reason);

/// <summary>Fact from the cloud hop: this is the device that the agent speaks for.</summary>
internal sealed record DeviceKnown(string DeviceId);
