namespace Miru.Sdk.Connection;

/// <summary>Makes connections to the agent.</summary>
internal interface IConnector
{
    /// <summary>One attempt. The stream carries bytes both ways and ends the connection when disposed.</summary>
    ValueTask<Stream> ConnectAsync(CancellationToken cancellation);
}
