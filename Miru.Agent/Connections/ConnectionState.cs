namespace Miru.Agent.Connections;

/// <summary>Where a connection stands. It only moves down this list.</summary>
internal enum ConnectionState
{
    /// <summary>Nothing but HELLO is accepted ([hello-1]).</summary>
    AwaitingHello,

    /// <summary>Greeted: requests are answered, watches are served.</summary>
    Ready,

    /// <summary>What was promised is flushed, then the socket closes; nothing more is read.</summary>
    Closing,
}
