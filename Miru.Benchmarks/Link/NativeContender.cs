using System.Globalization;
using Miru.Benchmarks.Link.Peers;

namespace Miru.Benchmarks.Link;

/// <summary>A C client, started anew for each round.</summary>
internal sealed class NativeContender(NativeTools tools, string socket, int? core) : IContender
{
    public async Task<Figures> RunAsync(Load load) => Figures.Parse(await Executable.RunAsync(
        core, tools.Path("get"), socket, AgentServer.Slug, Text(load.Requests), Text(Load.WarmUp), Text(load.PaceNanoseconds)));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
