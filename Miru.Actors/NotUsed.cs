namespace Akka;

/// <summary>Stands for a value that nobody uses.</summary>
public sealed class NotUsed : IEquatable<NotUsed>, IComparable<NotUsed>
{
    /// <summary>The only one.</summary>
    public static readonly NotUsed Instance = new();

    private NotUsed() { }

    /// <inheritdoc/>
    public bool Equals(NotUsed other) => other is not null;

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is NotUsed;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public int CompareTo(NotUsed other) => other is null ? 1 : 0;

    /// <inheritdoc/>
    public override string ToString() => "<NotUsed>";
}
