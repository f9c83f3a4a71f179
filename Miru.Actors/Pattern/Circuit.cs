namespace Akka.Pattern;

/// <summary>Whether calls go through.</summary>
internal enum Circuit
{
    /// <summary>All do.</summary>
    Closed,

    /// <summary>None does.</summary>
    Open,

    /// <summary>One does, as a trial.</summary>
    HalfOpen,
}
