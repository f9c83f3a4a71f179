namespace Akka.Actor;

/// <summary>A step to the child with this name.</summary>
public class SelectChildName : SelectionPathElement
{
    /// <summary>Names the child.</summary>
    public SelectChildName(string name) => Name = name;

    /// <summary>The child's name.</summary>
    public string Name { get; }

    /// <inheritdoc/>
    public override bool Equals(object obj) => obj is SelectChildName other && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
