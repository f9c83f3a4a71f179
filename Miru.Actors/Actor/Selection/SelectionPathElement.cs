namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    /// <summary>Called by the deriving class only.</summary>
    protected SelectionPathElement() { }
}
