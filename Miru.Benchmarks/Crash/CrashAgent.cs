using System.Diagnostics;
using System.Reflection;

namespace Miru.Benchmarks.Crash;

/// <summary>The real agent as its own process, possibly under a tracer, with everything it says.</summary>
internal sealed class CrashAgent : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly Task _reading;
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    private CrashAgent(Process process)
    {
        _process = process;
        Started = Stopwatch.GetTimestamp();
        _reading = ReadAsync();
    }

    public long Started { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Whether it said that the new deployment is current: from then on no crash may take it back.</summary>
    public bool Acknowledged => Find("Sequence 2 is current") is not null;

    public string Output
    {
        get
        {
            lock (_gate)
                return string.Join('\n', _lines);
        }
    }

    /// <param name="tracer">A program and its arguments to put before the agent's own.</param>
    public static CrashAgent Start(CrashSite site, params string[] tracer) => StartWith(site, site.SettingsFile, tracer);

    /// <param name="settings">Another settings file than the site's own.</param>
    public static CrashAgent StartWith(CrashSite site, string settings, params string[] tracer)
    {
        string[] command = [.. tracer, "dotnet", site.Agent, "run", "--config", settings];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("MIRU_AGENT_SOCKET");
        // A tracer that stops every thread would wait for the diagnostics server's too.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return new CrashAgent(Process.Start(start)!);
    }

    /// <summary>Waits for a line that contains <paramref name="text"/>.</summary>
    /// <returns>False if the process ended without it, or did not say it in time.</returns>
    public Task<bool> SaysAsync(string text) => SaysAnyAsync(text);

    /// <summary>Waits for a line that contains one of these.</summary>
    public async Task<bool> SaysAnyAsync(params string[] texts)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_lines.Exists(line => Array.Exists(texts, text => line.Contains(text, StringComparison.Ordinal))))
                    return true;
                if (_ended || patience.IsCancellationRequested)
                    return false;
                more = _more.Task;
            }
            try
            {
                await more.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    public async Task KillAsync()
    {
        // The tracer is the parent of the agent; both go.
        _process.Kill(entireProcessTree: true);
        await ExitAsync();
    }

    public async Task ExitAsync()
    {
        await _process.WaitForExitAsync();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private string? Find(string text)
    {
        lock (_gate)
            return _lines.Find(line => line.Contains(text, StringComparison.Ordinal));
    }

    private async Task ReadAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        lock (_gate)
        {
            _ended = true;
            _more.TrySetResult();
        }
    }

    private async Task ReadAsync(StreamReader from)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
                _more.TrySetResult();
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>The agent as it was built, compiled at run time.</summary>
    public static string Built() => Path.GetFullPath(
        typeof(CrashAgent).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "AgentProgram").Value!);
}
