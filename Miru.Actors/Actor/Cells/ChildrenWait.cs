namespace Akka.Actor;

/// <summary>What a parent waits to do until its stopping children are gone.</summary>
internal enum ChildrenWait
{
    /// <summary>Nothing waits.</summary>
    None,

    /// <summary>The restart of the parent.</summary>
    ToRecreate,

    /// <summary>Another try at the first instance.</summary>
    ToCreate,

    /// <summary>The end of the parent.</summary>
    ToTerminate,
}
