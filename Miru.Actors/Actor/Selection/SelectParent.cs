namespace Akka.Actor;

/// <summary>A step up.</summary>
public class SelectParent : SelectionPathElement
{
    /// <summary>The only one needed.</summary>
    public static readonly SelectParent Instance = new();

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is SelectParent;

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    /// <inheritdoc/>
    public override string ToString() => "..";
}
