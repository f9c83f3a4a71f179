using System.Diagnostics;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>
/// What an empty actor system adds to the start of an empty generic host: from the launch of a fresh process until it says that it has
/// started, so that assembly loading counts. Compiled ahead of time, as programs are shipped; beside it with the JIT.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 15;
    private const string Started = "started";

    public static IEnumerable<Row> Run()
    {
        var folder = Directory.CreateTempSubdirectory("miru-benchmark-");
        try
        {
            if (ReadyToRun.Publish(folder) is { } program)
                yield return Measure("empty_system_extra_start", program, target: 30);
            yield return Measure("empty_system_extra_start_jit", program: null, target: null);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The child process: starts a host, with or without an actor system, says so, stops, ends.</summary>
    public static async Task RunChildAsync(bool withActors)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (withActors)
            builder.Services.AddAkka("empty", _ => { });
        using var host = builder.Build();
        await host.StartAsync();
        await Console.Out.WriteLineAsync(Started);
        await host.StopAsync();
    }

    private static Row Measure(string name, string? program, double? target)
    {
        var (host, actors) = (new double[Starts], new double[Starts]);
        Launch("start-host", program);
        Launch("start-actors", program);
        for (var i = 0; i < Starts; i++)
        {
            host[i] = Launch("start-host", program);
            actors[i] = Launch("start-actors", program);
        }
        return new Row(name, Rounds.Median(actors) - Rounds.Median(host), "ms", null, target);
    }

    private static double Launch(string child, string? program)
    {
        var launched = Stopwatch.GetTimestamp();
        using var process = Child.Start(child, program);
        while (process.StandardOutput.ReadLine() is { } line && line != Started)
        {
        }
        var elapsed = Stopwatch.GetElapsedTime(launched).TotalMilliseconds;
        process.WaitForExit();
        return process.ExitCode == 0 ? elapsed : throw new InvalidOperationException($"'{child}' exited with {process.ExitCode}");
    }
}
