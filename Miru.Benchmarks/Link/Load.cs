namespace Miru.Benchmarks.Link;

/// <summary>What a client does in one round.</summary>
/// <param name="Requests">GETs that are measured.</param>
/// <param name="Pace">Time between the starts of two; zero sends the next as soon as one is answered.</param>
/// <param name="Connections">Connections that ask at the same time, one GET each.</param>
internal sealed record Load(int Requests, TimeSpan Pace, int Connections)
{
    /// <summary>GETs before the first measured one.</summary>
    public const int WarmUp = 200;

    public long PaceNanoseconds => (long)Pace.TotalNanoseconds;
}
