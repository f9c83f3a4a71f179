namespace Miru.Agent.Deployments.Files;

/// <summary>The ids of a file's user and group.</summary>
internal readonly record struct FileOwner(uint User, uint Group);
