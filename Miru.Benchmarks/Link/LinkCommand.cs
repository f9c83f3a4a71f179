using System.CommandLine;
using Miru.Benchmarks.Link.Children;
using Miru.Benchmarks.Reporting;

namespace Miru.Benchmarks.Link;

/// <summary><c>link</c> on the command line.</summary>
internal static class LinkCommand
{
    public static Command Create(Option<FileInfo?> json)
    {
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Also write the rows into this page, between its marks." };
        var only = new Option<string[]>("--only") { Description = "Measure these rows alone.", AllowMultipleArgumentsPerToken = true };
        var quick = new Option<bool>("--quick") { Description = "Fewer rounds: a look while one works, not a record." };
        only.Validators.Add(result =>
        {
            foreach (var row in result.GetValueOrDefault<string[]>().Except(LinkBenchmarks.RowNames))
                result.AddError($"There is no row '{row}'. Rows: {string.Join(", ", LinkBenchmarks.RowNames)}.");
        });
        var link = new Command("link", "The link between agent and applications beside a C server, REST and Redis.") { json, markdown, only, quick };
        link.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report();
            var rows = parsed.GetValue(only) ?? [];
            await LinkBenchmarks.RunAsync(report, row => rows.Length == 0 || rows.Contains(row), parsed.GetValue(quick), cancellation);
            if (parsed.GetValue(json) is { } file)
                report.Save(file.FullName);
            if (parsed.GetValue(markdown) is { } page)
                MarkdownTable.Write(page.FullName, report.Rows);
        });
        return link;
    }

    /// <summary>The processes that a run starts; not for people.</summary>
    public static IEnumerable<Command> Children()
    {
        yield return Child("link-client", words => ClientProgram.RunAsync(kind: words[0], address: words[1], server: int.Parse(words[2])));
        yield return Child("link-rest", words => RestProgram.RunAsync(words[0]));
        yield return Child("link-push", words => PushProgram.RunAsync(settingsFile: words[0], triggerPath: words[1]));
        yield return Child("link-application", words => ApplicationProgram.RunAsync(words[0]));
    }

    private static Command Child(string name, Func<string[], Task> run)
    {
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.OneOrMore };
        var command = new Command(name) { words };
        command.Hidden = true;
        command.SetAction(parsed => run(parsed.GetValue(words)!));
        return command;
    }
}
