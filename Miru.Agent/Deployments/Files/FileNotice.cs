namespace Miru.Agent.Deployments.Files;

/// <summary>Something about a file that its owner should hear of, although nothing failed.</summary>
/// <param name="Code">One of <see cref="FileNoticeCodes"/>.</param>
internal sealed record FileNotice(string Code, string Path, string Text);
