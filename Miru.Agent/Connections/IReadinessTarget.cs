namespace Miru.Agent.Connections;

/// <summary>Whoever registered a descriptor with the <see cref="IoLoop"/>.</summary>
internal interface IReadinessTarget
{
    /// <summary>
    /// The kernel reported a change; on the loop's thread, between two tasks. What runs here runs before everybody else's turn, so it is
    /// bounded work that anybody may ask for; more than that is queued.
    /// </summary>
    /// <param name="ready">Bits of <see cref="NativeIo"/>: <c>Readable</c>, <c>Writable</c>, <c>PeerClosed</c>, <c>HungUp</c>, <c>Failed</c>.</param>
    void OnReady(uint ready);
}
