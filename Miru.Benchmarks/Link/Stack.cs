namespace Miru.Benchmarks.Link;

/// <summary>A client and the server it asks for 1 KiB.</summary>
internal enum Stack
{
    /// <summary>C client, C epoll server.</summary>
    Floor,

    /// <summary>C client, agent.</summary>
    Agent,

    /// <summary>The SDK's <c>GetAsync</c>, agent.</summary>
    SdkAsync,
}
