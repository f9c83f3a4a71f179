using System.CommandLine;
using Miru.Benchmarks.Crash;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Configs;

/// <summary>The command lines about the store.</summary>
internal static class StoreCommand
{
    public static Command Create(Option<FileInfo?> json)
    {
        var command = new Command("store", "How much longer a start takes with many stored configs than with none.") { json };
        command.SetAction(parsed =>
        {
            var report = new Report();
            StoreBenchmarks.Run(report);
            if (parsed.GetValue(json) is { } file)
                report.Save(file.FullName);
        });
        return command;
    }

    public static Command CreateFaults()
    {
        var stride = new Option<int>("--stride") { Description = "Bytes from one fault to the next; 1 for every byte.", DefaultValueFactory = _ => 1 };
        var allBits = new Option<bool>("--all-bits") { Description = "All eight bits of each byte, instead of one that goes round." };
        var command = new Command("store-faults", "Every single fault in a store's files: none may stop the agent or be served.") { stride, allBits };
        command.SetAction(parsed => StoreFaultRun.Run(Console.Out, parsed.GetValue(stride), parsed.GetValue(allBits)) == 0 ? 0 : 1);
        return command;
    }

    /// <summary>Not for people: a process that only opens a store.</summary>
    public static Command Child()
    {
        var command = new Command("open-store") { Hidden = true };
        command.SetAction(_ => StoreBenchmarks.RunChild());
        return command;
    }
}
