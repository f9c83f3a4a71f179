namespace Miru.Sdk.Transport;

/// <summary>What woke the background thread.</summary>
[Flags]
internal enum Woken
{
    None = 0,
    Socket = 1,

    /// <summary>The turn's timer.</summary>
    Turn = 2,

    /// <summary>The session's timer.</summary>
    Session = 4,
}
