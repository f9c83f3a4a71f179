using System.CommandLine;
using Miru.Benchmarks.Actors;
using Miru.Benchmarks.Link;
using Miru.Benchmarks.Reporting;

var json = new Option<FileInfo?>("--json") { Description = "Also write the rows as JSON to this file." };

var actors = new Command("actors", "The actor runtime beside bare channels, iterators and timers.") { json };
actors.SetAction(async parsed =>
{
    var report = new Report();
    await ActorBenchmarks.RunAsync(report);
    if (parsed.GetValue(json) is { } file)
        report.Save(file.FullName);
});

var only = new Option<string?>("--only") { Description = "Measure this row alone." };
var link = new Command("link", "The link between agent and applications beside a C server, REST and Redis.") { json, only };
link.SetAction(async parsed =>
{
    var report = new Report();
    await LinkBenchmarks.RunAsync(report, parsed.GetValue(only));
    if (parsed.GetValue(json) is { } file)
        report.Save(file.FullName);
});

// Children of the measurements above; not for people.
var startHost = new Command("start-host") { Hidden = true };
startHost.SetAction(_ => StartBenchmark.RunChildAsync(withActors: false));
var startActors = new Command("start-actors") { Hidden = true };
startActors.SetAction(_ => StartBenchmark.RunChildAsync(withActors: true));
var idleActors = new Command("idle-actors") { Hidden = true };
idleActors.SetAction(_ => IdleWakeupsBenchmark.RunChildAsync());

return await new RootCommand("Miru's measurements: each figure beside the floor it is held against.")
    { actors, link, startHost, startActors, idleActors }.Parse(args).InvokeAsync();
