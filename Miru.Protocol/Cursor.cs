namespace Miru.Protocol;

/// <summary>A point in the life of one store: how far a reader has come (clause watch-4).</summary>
/// <param name="Epoch">The life of one store. Cursors of different epochs cannot be compared.</param>
/// <param name="Sequence">A number that only grows within one epoch; 0 or more.</param>
public sealed record Cursor(string Epoch, long Sequence);
