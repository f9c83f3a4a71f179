namespace Miru.Agent.Tests.Doubles;

/// <summary>One call on a <see cref="FaultyFileSystem"/>.</summary>
/// <param name="Operation">open, create root, look, enter, mkdir, read, write, link, rename, delete, sync or check room.</param>
internal sealed record FileCall(string Operation, string Path);
