namespace Miru.Benchmarks.Link;

/// <summary>A client and the server it asks for 1 KiB.</summary>
internal enum Stack
{
    /// <summary>C client, C epoll server.</summary>
    Floor,

    /// <summary>C client, agent.</summary>
    Agent,

    /// <summary>The SDK's synchronous <c>Get</c>, agent.</summary>
    Sdk,

    /// <summary>The SDK's <c>GetAsync</c>, agent.</summary>
    SdkAsync,

    /// <summary>HttpClient, Kestrel, localhost TCP: the design that this product rejects.</summary>
    Rest,

    /// <summary>The same over a Unix socket.</summary>
    RestUds,

    /// <summary>C client, Redis, Unix socket.</summary>
    Redis,

    /// <summary><see cref="Floor"/>, while a stuck and a flooding client are connected too.</summary>
    DisturbedFloor,

    /// <summary><see cref="Agent"/>, while a stuck and a flooding client are connected too.</summary>
    DisturbedAgent,
}
