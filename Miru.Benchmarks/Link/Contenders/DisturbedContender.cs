using System.Diagnostics;
using Miru.Benchmarks.Link.Peers;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link.Contenders;

/// <summary>A contender whose server has two bad clients meanwhile: one that asks and never reads, one that asks without end.</summary>
internal sealed class DisturbedContender(IContender bystander, NativeTools tools, string socket, int? core) : IContender
{
    public async Task<Figures> RunAsync(Load load)
    {
        using var stuck = await StartAsync("stuck");
        using var flood = await StartAsync("flood");
        var figures = await bystander.RunAsync(load);
        await StopAsync(stuck);
        await StopAsync(flood);
        return figures;
    }

    public ValueTask DisposeAsync() => bystander.DisposeAsync();

    private async Task<Process> StartAsync(string how)
    {
        var process = Executable.Start(core, tools.Path("misbehave"), how, socket, AgentServer.Slug);
        await process.StandardOutput.ReadLineAsync();
        return process;
    }

    private static async Task StopAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("the bad client was shut out: the bystander was alone");
    }
}
