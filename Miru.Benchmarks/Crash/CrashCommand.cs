using System.CommandLine;
using Miru.Benchmarks.Measuring;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Crash;

/// <summary><c>crash</c>: what the agent promises about its disk, tried on the real program. Without an option every campaign runs in its full size.</summary>
internal static class CrashCommand
{
    private const int AllKills = 500;
    private const int AllCuts = 300;
    private const int AllFlips = 200;
    private const int AllRaces = 200;

    public static Command Create(Option<FileInfo?> json)
    {
        var kills = new Option<int?>("--kills") { Description = "SIGKILL at this many random instants of an apply." };
        var syscalls = new Option<bool>("--syscalls") { Description = "SIGKILL before every call of an apply that changes the disk." };
        var every = new Option<int>("--every") { Description = "With --syscalls: only every n-th call.", DefaultValueFactory = _ => 1 };
        var cuts = new Option<int?>("--power-cuts") { Description = "Simulated power cuts, over three file systems; needs root and loop devices." };
        var races = new Option<int?>("--races") { Description = "Two agents started at once, this many times." };
        var flips = new Option<int?>("--bit-flips") { Description = "Single bits of the store flipped." };
        var faults = new Option<bool>("--faults") { Description = "EIO and ENOSPC on each call of an apply." };
        var call = new Option<string?>("--call") { Description = "With --faults: only this system call." };
        var speed = new Option<bool>("--speed") { Description = "What one commit costs beside the bare syncs." };
        var seed = new Option<int>("--seed") { Description = "Repeats a run.", DefaultValueFactory = _ => Environment.TickCount & 0xffff };
        var agent = new Option<FileInfo?>("--agent") { Description = "The miru-agent.dll to crash, instead of one published anew." };
        var command = new Command("crash", "Crashes, power cuts and failing disks under the real agent.") { kills, syscalls, every, races, cuts, flips, faults, call, speed, seed, agent, json };
        command.SetAction(async parsed =>
        {
            var crashes = parsed.GetValue(kills) is not null || parsed.GetValue(cuts) is not null || parsed.GetValue(flips) is not null || parsed.GetValue(races) is not null || parsed.GetValue(syscalls) || parsed.GetValue(faults);
            var all = !crashes && !parsed.GetValue(speed);
            var random = new Random(parsed.GetValue(seed));
            var tally = new CrashTally();
            Console.WriteLine($"seed {parsed.GetValue(seed)}");
            var root = Path.Combine(Path.GetTempPath(), $"miru-crash-{Environment.ProcessId}");
            var tools = Directory.CreateDirectory(root + ".tools").FullName;
            var program = parsed.GetValue(agent)?.FullName ?? (crashes || all ? ReadyToRun.PublishAgent(Directory.CreateDirectory(Path.Combine(tools, "agent"))) : null);
            var site = CrashSite.Prepare(root, agent: program);
            try
            {
                if ((parsed.GetValue(kills) ?? (all ? AllKills : 0)) is > 0 and var killCount)
                    await KillCampaign.RunAsync(site, killCount, random, tally);
                if (all || parsed.GetValue(syscalls))
                    await SyscallCampaign.RunAsync(site, tools, parsed.GetValue(every), tally);
                if (all || parsed.GetValue(faults))
                    await FaultCampaign.RunAsync(site, tools, parsed.GetValue(call), tally);
                if ((parsed.GetValue(races) ?? (all ? AllRaces : 0)) is > 0 and var raceCount)
                    await RaceCampaign.RunAsync(site, raceCount, random, tally);
                if ((parsed.GetValue(flips) ?? (all ? AllFlips : 0)) is > 0 and var flipCount)
                    await BitFlipCampaign.RunAsync(site, flipCount, random, tally);
                if (all || parsed.GetValue(speed))
                    await SpeedAsync(root + "-speed", tools, tally, parsed.GetValue(json));
                if ((parsed.GetValue(cuts) ?? (all ? AllCuts : 0)) is > 0 and var cutCount)
                    await PowerCutCampaign.RunAsync(root + "-disk", program, cutCount, random, tally);
            }
            finally
            {
                site.Delete();
                Directory.Delete(tools, recursive: true);
            }
            Console.WriteLine(tally.Line());
            return tally.IsClean ? 0 : 1;
        });
        return command;
    }

    private static async Task SpeedAsync(string folder, string tools, CrashTally tally, FileInfo? json)
    {
        var report = new Report();
        try
        {
            await CommitSpeed.RunAsync(Directory.CreateDirectory(folder).FullName, tools, report, tally);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        if (json is not null)
            report.Save(json.FullName);
    }
}
