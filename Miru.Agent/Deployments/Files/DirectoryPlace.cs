namespace Miru.Agent.Deployments.Files;

/// <summary>A directory and the file system that it is on: the same path on another one is a disk that came or went.</summary>
internal readonly record struct DirectoryPlace(string Path, ulong Device);
