using Miru.Agent.Configs;
using Miru.Agent.Hosting;
using Miru.Agent.Tests.Doubles;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class EventsCommandTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly VirtualTime _time = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_newest_are_shown_oldest_first_while_the_agent_runs()
    {
        using var ledger = Stores.Open(_directory.FullName, _time);
        ledger.Record(StoreEventKind.Accepted, "dpl_1");
        ledger.Record(StoreEventKind.Refused, "dpl_1", detail: "not_json: motion.json");
        ledger.Record(StoreEventKind.Accepted, "dpl_2");

        Assert.Equal(ExitCodes.Success, await RunAsync(new EventQuery(2, null, [])));

        Assert.Equal(
            ["     2  2030-01-01 00:00:00Z  refused           dpl_1  not_json: motion.json", "     3  2030-01-01 00:00:00Z  accepted          dpl_2"],
            Lines());
    }

    [Fact]
    public async Task A_program_reads_one_object_from_each_line_and_goes_on_where_it_stopped()
    {
        using var ledger = Stores.Open(_directory.FullName, _time);
        ledger.Record(StoreEventKind.Accepted, "dpl_1");
        ledger.Record(StoreEventKind.Drifted, detail: "/srv/miru/motion.json");
        ledger.Record(StoreEventKind.Accepted, "dpl_2");

        Assert.Equal(ExitCodes.Success, await RunAsync(new EventQuery(10, 1, [StoreEventKind.Accepted]), json: true));

        var happened = JObject.Parse(Assert.Single(Lines()));
        Assert.Equal((3L, "accepted", "dpl_2"), ((long)happened["id"]!, (string?)happened["kind"], (string?)happened["deployment_id"]));
        Assert.Equal(JTokenType.Null, happened["detail"]!.Type);
    }

    [Fact]
    public async Task Who_follows_sees_what_happens_later()
    {
        using var ledger = Stores.Open(_directory.FullName, _time);
        ledger.Record(StoreEventKind.Accepted, "dpl_1");
        using var stop = new CancellationTokenSource();
        var following = RunAsync(new EventQuery(10, null, []), follow: true, stop: stop.Token);

        await _time.ArmedAsync(TimeSpan.FromSeconds(1));
        Assert.Single(Lines());
        ledger.Record(StoreEventKind.Applied, "dpl_1");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _time.ArmedAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(2, Lines().Length);

        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Success, await following);
    }

    [Fact]
    public async Task Who_follows_hears_that_another_version_has_taken_over_and_how_to_go_on()
    {
        using (var ledger = Stores.Open(_directory.FullName, _time))
        {
            ledger.Record(StoreEventKind.Accepted, "dpl_1");
        }

        var following = RunAsync(new EventQuery(10, null, []), follow: true);
        await _time.ArmedAsync(TimeSpan.FromSeconds(1));
        Stores.Sql(_directory.FullName, "PRAGMA user_version = 1000");
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ExitCodes.Failed, await following);
        Assert.Contains("has schema 1000", _error.ToString());
        Assert.EndsWith("Use the miru-agent that runs. To go on where this ends, add --after 1.\n", _error.ToString());
    }

    [Fact]
    public async Task What_a_server_said_cannot_move_a_terminals_cursor()
    {
        using var ledger = Stores.Open(_directory.FullName, _time);
        ledger.Record(StoreEventKind.Refused, "dpl_1", detail: "\u001b[2Jgone\nand");

        await RunAsync(new EventQuery(10, null, []));

        Assert.DoesNotContain(_output.ToString().TrimEnd('\n'), char.IsControl);
    }

    [Fact]
    public async Task A_directory_without_a_store_stays_as_it_was()
    {
        Assert.Equal(ExitCodes.Failed, await RunAsync(new EventQuery(10, null, [])));

        Assert.Contains("There is no store", _error.ToString());
        Assert.Empty(Directory.GetFileSystemEntries(_directory.FullName));
    }

    [Fact]
    public async Task A_line_that_is_not_as_it_was_written_is_not_shown_as_true()
    {
        using (var ledger = Stores.Open(_directory.FullName, _time))
        {
            ledger.Record(StoreEventKind.Accepted, "dpl_1");
        }

        Stores.Sql(_directory.FullName, "UPDATE events SET deployment_id = 'dpl_2'");

        Assert.Equal(ExitCodes.Failed, await RunAsync(new EventQuery(10, null, [])));
        Assert.Contains("damaged", _error.ToString());
    }

    private string[] Lines() => _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<int> RunAsync(EventQuery query, bool follow = false, bool json = false, CancellationToken stop = default) =>
        new EventsCommand(Stores.Settings(_directory.FullName), _time, _output, _error).RunAsync(query, follow, json, stop);
}
