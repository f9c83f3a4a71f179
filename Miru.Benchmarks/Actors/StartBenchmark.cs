using System.Diagnostics;
using Akka.Hosting;
using Microsoft.Extensions.Hosting;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Actors;

/// <summary>
/// What an empty actor system adds to the start and stop of an empty generic host, each in a fresh process: milliseconds of the
/// whole process, so that assembly loading and JIT count.
/// </summary>
internal static class StartBenchmark
{
    private const int Starts = 15;

    public static Row Run()
    {
        var (host, actors) = (new double[Starts], new double[Starts]);
        Launch("start-host");
        Launch("start-actors");
        for (var i = 0; i < Starts; i++)
        {
            host[i] = Launch("start-host");
            actors[i] = Launch("start-actors");
        }
        return new Row("empty_system_extra_start", Rounds.Median(actors) - Rounds.Median(host), "ms", null, 30);
    }

    /// <summary>The child process: starts a host, with or without an actor system, stops it, ends.</summary>
    public static async Task RunChildAsync(bool withActors)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (withActors)
            builder.Services.AddAkka("empty", _ => { });
        using var host = builder.Build();
        await host.StartAsync();
        await host.StopAsync();
    }

    private static double Launch(string child)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Child.Start(child);
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(started).TotalMilliseconds
            : throw new InvalidOperationException($"'{child}' exited with {process.ExitCode}");
    }
}
