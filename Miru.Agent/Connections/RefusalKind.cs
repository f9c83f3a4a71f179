namespace Miru.Agent.Connections;

/// <summary>Why a connection is not served, or not with what it came for.</summary>
internal enum RefusalKind
{
    /// <summary>Too many connections in total.</summary>
    Total,

    /// <summary>Too many connections of one user.</summary>
    User,

    /// <summary>No descriptor is left.</summary>
    Descriptors,

    /// <summary>It is served, but no rule gives its user any right.</summary>
    Rights,
}
