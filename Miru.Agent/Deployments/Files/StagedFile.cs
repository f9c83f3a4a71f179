namespace Miru.Agent.Deployments.Files;

/// <summary>New bytes that are on the disk beside the file they will replace.</summary>
internal sealed record StagedFile(string TemporaryPath, string Path);
