namespace Miru.Sdk.Transport;

/// <summary>Makes connections to the agent.</summary>
internal interface IConnector
{
    /// <summary>One attempt. The connection ends when the transport is disposed.</summary>
    ValueTask<ITransport> ConnectAsync(CancellationToken cancellation);
}
