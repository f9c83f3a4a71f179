using System.Diagnostics;

namespace Miru.Benchmarks.Link.Peers;

/// <summary>A server as a process of its own, moved from one placement to another by starting it anew: .NET counts its cores once.</summary>
internal abstract class Server : IAsyncDisposable
{
    private Process? _process;
    private int? _core;

    public int Id => _process?.Id ?? throw new InvalidOperationException($"{GetType().Name} does not run");

    public bool IsRunning => _process is not null;

    /// <summary>Has it run, and serve, on this core; null for any core.</summary>
    public async Task EnsureAsync(int? core)
    {
        if (_process is not null && _core == core)
            return;
        await StopAsync();
        (_process, _core) = (Launch(core), core);
        await ReadyAsync(_process);
    }

    public virtual async ValueTask DisposeAsync() => await StopAsync();

    protected abstract Process Launch(int? core);

    /// <summary>Ends when clients are served.</summary>
    protected abstract Task ReadyAsync(Process process);

    /// <summary>Removes what a killed server leaves and its successor would stumble over.</summary>
    protected virtual void Clean()
    {
    }

    private async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
        Clean();
    }
}
