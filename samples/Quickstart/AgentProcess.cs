using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Quickstart;

/// <summary>The real agent as its own process, with its own state directory and its own socket.</summary>
internal sealed partial class AgentProcess : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Task _output;
    private readonly string _logFile;

    private AgentProcess(Process process, AgentFolder folder)
    {
        _process = process;
        _logFile = folder.LogFile;
        _output = CopyOutput(process, folder.LogFile);
        SocketPath = folder.SocketPath;
    }

    public string SocketPath { get; }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts the agent; it is ready when its socket accepts, which the application's own connect waits for.</summary>
    public static AgentProcess Start(AgentFolder folder, params (string Name, string Value)[] environment) =>
        new(Launch(folder, "run", environment), folder);

    /// <summary>Provisions the device: the one-time token goes by environment, never by command line.</summary>
    public static async Task ProvisionAsync(AgentFolder folder, string token, CancellationToken cancellation)
    {
        using var process = Launch(folder, "provision", ("MIRU_PROVISIONING_TOKEN", token));
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"'miru-agent provision' exited with {process.ExitCode}: {(await errors).Trim()}");
    }

    /// <summary>SIGTERM, as systemd would; SIGKILL only if the agent does not end in time.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (!_process.HasExited)
        {
            _ = Kill(_process.Id, Sigterm);
            using var deadline = new CancellationTokenSource(StopWithin);
            try
            {
                await _process.WaitForExitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
        await _output;
        return _process.ExitCode;
    }

    /// <summary>Waits until the agent ends by itself.</summary>
    /// <returns>The exit code and what it printed.</returns>
    public async Task<(int ExitCode, string Output)> ExitAsync(CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation);
        await _output;
        return (_process.ExitCode, await File.ReadAllTextAsync(_logFile, cancellation));
    }

    /// <summary>SIGKILL: the agent gets no chance to say goodbye.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _output;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private static Process Launch(AgentFolder folder, string command, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { BuildMetadata.AgentProgram, command, "--config", folder.SettingsFile },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("MIRU_AGENT_SOCKET");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task CopyOutput(Process process, string logFile)
    {
        await using var log = TextWriter.Synchronized(new StreamWriter(logFile, append: true) { AutoFlush = true });
        await Task.WhenAll(Copy(process.StandardOutput), Copy(process.StandardError));

        async Task Copy(StreamReader from)
        {
            while (await from.ReadLineAsync() is { } line)
                await log.WriteLineAsync(line);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
