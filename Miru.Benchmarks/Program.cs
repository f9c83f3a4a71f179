using System.CommandLine;
using Miru.Benchmarks.Actors;
using Miru.Benchmarks.Configs;
using Miru.Benchmarks.Crash;
using Miru.Benchmarks.Fleet;
using Miru.Benchmarks.Hostile;
using Miru.Benchmarks.Link;
using Miru.Benchmarks.Reporting;
using Miru.Benchmarks.Waiters;

var json = new Option<FileInfo?>("--json") { Description = "Also write the rows as JSON to this file." };

var actors = new Command("actors", "The actor runtime beside bare channels, iterators and timers.") { json };
actors.SetAction(async parsed =>
{
    var report = new Report();
    await ActorBenchmarks.RunAsync(report);
    if (parsed.GetValue(json) is { } file)
        report.Save(file.FullName);
});

var seed = new Option<int>("--seed") { Description = "What chance begins with.", DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000) };
var seconds = new Option<int>("--seconds") { Description = "How long inputs are led by coverage.", DefaultValueFactory = _ => 60 };
var keep = new Option<FileInfo?>("--keep") { Description = "Only lead inputs by coverage, and write those that reach something new to this file." };
var hostile = new Command("hostile", "Everything a peer should not do, to the real agent; exits 1 with the first thing found.") { seed, seconds, keep };
hostile.SetAction(parsed => HostileCampaign.RunAsync(parsed.GetValue(seed), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(keep)));

// Children of the measurements above; not for people.
var startHost = new Command("start-host") { Hidden = true };
startHost.SetAction(_ => StartBenchmark.RunChildAsync(withActors: false));
var startActors = new Command("start-actors") { Hidden = true };
startActors.SetAction(_ => StartBenchmark.RunChildAsync(withActors: true));
var idleActors = new Command("idle-actors") { Hidden = true };
idleActors.SetAction(_ => IdleWakeupsBenchmark.RunChildAsync());

var root = new RootCommand("Miru's measurements: each figure beside the floor it is held against.")
    { actors, CrashCommand.Create(json), FleetCommand.Create(json), hostile, LinkCommand.Create(json), StoreCommand.Create(json), StoreCommand.CreateFaults(), WaitersCommand.Create(json), startHost, startActors, idleActors, StoreCommand.Child(), CommitLoop.Create() };
foreach (var child in LinkCommand.Children())
    root.Add(child);

// A run that is stopped finishes its round and clears up.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
