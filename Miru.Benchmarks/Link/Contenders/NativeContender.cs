using System.Globalization;
using Miru.Benchmarks.Link.Peers;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link.Contenders;

/// <summary>A C client, started anew for each round.</summary>
/// <param name="program">The program in place of the load's own, for a server that speaks something else.</param>
/// <param name="trigger">The socket on which the server is told to push, where a load wants that.</param>
internal sealed class NativeContender(NativeTools tools, string socket, int? core, string? program = null, string? trigger = null) : IContender
{
    public async Task<Figures> RunAsync(Load load)
    {
        string[] arguments = [socket, AgentServer.Slug, Text(load.Requests), Text(load.Unmeasured), Text(load.Parameter)];
        if (load.Pushes)
            arguments = [.. arguments, trigger ?? throw new InvalidOperationException("this server pushes nothing")];
        return Figures.Parse(await Executable.RunAsync(core, tools.Path(program ?? load.Client), arguments));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
