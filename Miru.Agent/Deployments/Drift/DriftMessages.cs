using Miru.Agent.Deployments.Files;

namespace Miru.Agent.Deployments.Drift;

/// <summary>Command from the store: these files stand as they were deployed. Replaces what was said before.</summary>
internal sealed record WatchFiles(IReadOnlyList<OwnedFile> Files);

/// <summary>A file that did not look as it was deployed. An apply may have been in the middle of it; that is why it is only suspected.</summary>
/// <param name="MayRepair">Whether it is to be put back if it really has drifted.</param>
/// <param name="IsNews">Whether this drift was not reported yet.</param>
internal sealed record SuspectFile(string Path, FileLook Look, bool MayRepair, bool IsNews);

/// <summary>
/// Command to the store: have these files checked, and put back if so wanted, while no apply is under way. Answered with
/// <see cref="FilesRestored"/> or <see cref="RestoreDeferred"/>.
/// </summary>
internal sealed record CheckSuspects(IReadOnlyList<SuspectFile> Files);

/// <summary>Fact: an apply is under way, or the store cannot say; nothing was checked.</summary>
internal sealed record RestoreDeferred;

/// <summary>Fact for the store: somebody else brought these files back to what was deployed.</summary>
internal sealed record FilesHealed(IReadOnlyList<string> Paths);

/// <summary>Command to the deployer: look again at these files, and put them back where that is wanted. Answered with <see cref="FilesRestored"/>.</summary>
internal sealed record RestoreFiles(string DeploymentId, IReadOnlyList<(SuspectFile Suspect, WantedFile Wanted)> Files) : DeploymentCommand(DeploymentId);

/// <summary>Fact: the files were looked at; those that were to be put back and could are durable and in place.</summary>
internal sealed record FilesRestored(long Ticket, string DeploymentId, IReadOnlyList<FileFinding> Findings, IReadOnlyList<FileNotice> Notices)
    : DeploymentOutcome(Ticket, DeploymentId);
