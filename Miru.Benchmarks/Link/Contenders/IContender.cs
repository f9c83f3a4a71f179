namespace Miru.Benchmarks.Link.Contenders;

/// <summary>A client with the server it talks to.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>One round.</summary>
    Task<Figures> RunAsync(Load load);
}
