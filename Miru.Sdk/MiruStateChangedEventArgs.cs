namespace Miru.Sdk;

/// <summary>A client's state has changed.</summary>
/// <param name="state">The state from now on.</param>
/// <param name="cause">Why, if something failed; otherwise null.</param>
public sealed class MiruStateChangedEventArgs(MiruConnectionState state, MiruException? cause) : EventArgs
{
    /// <summary>The state from now on.</summary>
    public MiruConnectionState State { get; } = state;

    /// <summary>Why, if something failed; otherwise null.</summary>
    public MiruException? Cause { get; } = cause;
}
