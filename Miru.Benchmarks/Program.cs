using System.CommandLine;
using Miru.Benchmarks.Actors;
using Miru.Benchmarks.Hostile;
using Miru.Benchmarks.Link;
using Miru.Benchmarks.Link.Children;
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

var only = new Option<string[]>("--only") { Description = "Measure these rows alone.", AllowMultipleArgumentsPerToken = true };
var quick = new Option<bool>("--quick") { Description = "Fewer rounds: a look while one works, not a record." };
var link = new Command("link", "The link between agent and applications beside a C server, REST and Redis.") { json, only, quick };
link.SetAction(async parsed =>
{
    var report = new Report();
    var rows = parsed.GetValue(only) ?? [];
    await LinkBenchmarks.RunAsync(report, row => rows.Length == 0 || rows.Contains(row), parsed.GetValue(quick));
    if (parsed.GetValue(json) is { } file)
        report.Save(file.FullName);
});

var seed = new Option<int>("--seed") { Description = "What chance begins with.", DefaultValueFactory = _ => Random.Shared.Next(1, 1_000_000) };
var seconds = new Option<int>("--seconds") { Description = "How long inputs are led by coverage.", DefaultValueFactory = _ => 60 };
var hostile = new Command("hostile", "Everything a peer should not do, to the real agent; exits 1 with the first thing found.") { seed, seconds };
hostile.SetAction(parsed => HostileCampaign.RunAsync(parsed.GetValue(seed), TimeSpan.FromSeconds(parsed.GetValue(seconds))));

// Children of the measurements above; not for people.
var startHost = new Command("start-host") { Hidden = true };
startHost.SetAction(_ => StartBenchmark.RunChildAsync(withActors: false));
var startActors = new Command("start-actors") { Hidden = true };
startActors.SetAction(_ => StartBenchmark.RunChildAsync(withActors: true));
var address = new Argument<string>("address");
var kind = new Argument<string>("kind");
var server = new Argument<int>("server");
var linkClient = new Command("link-client") { kind, address, server };
linkClient.Hidden = true;
linkClient.SetAction(parsed => ClientProgram.RunAsync(parsed.GetValue(kind)!, parsed.GetValue(address)!, parsed.GetValue(server)));
var linkRest = new Command("link-rest") { address };
linkRest.Hidden = true;
linkRest.SetAction(parsed => RestProgram.RunAsync(parsed.GetValue(address)!));
var trigger = new Argument<string>("trigger");
var linkPush = new Command("link-push") { address, trigger };
linkPush.Hidden = true;
linkPush.SetAction(parsed => PushProgram.RunAsync(parsed.GetValue(address)!, parsed.GetValue(trigger)!));
var linkApplication = new Command("link-application") { address };
linkApplication.Hidden = true;
linkApplication.SetAction(parsed => ApplicationProgram.RunAsync(parsed.GetValue(address)!));
var idleActors = new Command("idle-actors") { Hidden = true };
idleActors.SetAction(_ => IdleWakeupsBenchmark.RunChildAsync());

return await new RootCommand("Miru's measurements: each figure beside the floor it is held against.")
    { actors, hostile, link, startHost, startActors, idleActors, linkClient, linkRest, linkPush, linkApplication }.Parse(args).InvokeAsync();
