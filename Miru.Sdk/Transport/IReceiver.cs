using Miru.Protocol;

namespace Miru.Sdk.Transport;

/// <summary>Takes what arrives. Called by one thread at a time, which may be an application's: it must neither wait nor call back.</summary>
internal interface IReceiver
{
    /// <summary>True while somebody waits for an answer without reading.</summary>
    bool IsAwaited { get; }

    /// <summary>Takes one frame, whose bytes live only until it returns.</summary>
    /// <exception cref="Exception">Ends the connection.</exception>
    void Received(in Frame frame);
}
