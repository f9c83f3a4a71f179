using System.Diagnostics;
using System.Globalization;
using Miru.Benchmarks.Link.Processes;

namespace Miru.Benchmarks.Link.Contenders;

/// <summary>A .NET client in a process of its own, which lives as long as its JIT must stay warm: a line in starts a round, a line out ends it.</summary>
/// <param name="kind">What it speaks: a command of <see cref="Children.ClientProgram"/>.</param>
/// <param name="address">Where its server is.</param>
/// <param name="server">Whose CPU it watches.</param>
internal sealed class ManagedContender(string kind, string address, int server, int? core) : IContender
{
    private readonly Process _process = Executable.StartSelf(core, "link-client", kind, address, server.ToString(CultureInfo.InvariantCulture));

    public async Task<Figures> RunAsync(Load load)
    {
        if (load.Client != "get")
            throw new ArgumentException($"no .NET client does '{load.Client}'", nameof(load));
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{load.Requests} {load.Unmeasured} {load.Parameter}"));
        return Figures.Parse(await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the client '{kind}' ended"));
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
