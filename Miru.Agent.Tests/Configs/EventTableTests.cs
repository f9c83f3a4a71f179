using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class EventTableTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ConfigLedger _ledger;

    public EventTableTests() => _ledger = ConfigLedger.Open(Stores.Settings(_directory.FullName, events: 100), new VirtualTime(), out _);

    public void Dispose()
    {
        _ledger.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void The_oldest_give_way_and_no_id_is_given_twice()
    {
        for (var i = 1; i <= 250; i++)
        {
            _ledger.Record(StoreEventKind.Drifted, detail: $"{i}");
        }

        var kept = _ledger.Events.After(0, 1000);
        Assert.Equal(100, kept.Count);
        Assert.Equal((151L, "151", 250L, "250"), (kept[0].Id, kept[0].Detail, kept[^1].Id, kept[^1].Detail));
    }

    [Fact]
    public void A_reader_goes_on_where_it_stopped_and_reads_what_it_wants()
    {
        _ledger.Record(StoreEventKind.Drifted, "dpl_1");
        _ledger.Record(StoreEventKind.Repaired, "dpl_1");
        _ledger.Record(StoreEventKind.Drifted, "dpl_2");

        var first = Assert.Single(_ledger.Events.After(0, 1, StoreEventKind.Drifted));
        var second = Assert.Single(_ledger.Events.After(first.Id, 10, StoreEventKind.Drifted));

        Assert.Equal(("dpl_1", "dpl_2"), (first.DeploymentId, second.DeploymentId));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("ü")]
    [InlineData("語")]
    [InlineData("🤖")]
    public void However_long_a_story_and_an_id_are_an_event_has_its_bytes(string character)
    {
        var endless = string.Concat(Enumerable.Repeat(character, 100_000));
        _ledger.Record(StoreEventKind.StorageFailed, endless, endless);

        var kept = Assert.Single(_ledger.Events.After(0, 1));
        Assert.All([(kept.Detail!, EventTable.MaxDetail), (kept.DeploymentId!, EventTable.MaxId)], text =>
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(text.Item1), text.Item2 - 3, text.Item2);
            Assert.StartsWith(text.Item1, endless);
            Assert.False(char.IsHighSurrogate(text.Item1[^1]));
        });
    }
}
