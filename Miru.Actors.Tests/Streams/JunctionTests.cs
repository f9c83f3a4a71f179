using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class JunctionTests : StreamSpec
{
    [Fact]
    public async Task Concat_goes_on_where_the_first_ended() =>
        Assert.Equal([1, 2, 8, 9], await Elements(Source.From(Numbers(2)).Concat(Source.From([8, 9]))));

    [Fact]
    public async Task Concat_fails_as_its_second_source_does() =>
        Assert.IsType<InvalidDataException>(await FailureOf(Source.Single(1).Concat(Source.Failed<int>(new InvalidDataException()))));

    [Fact]
    public async Task Prepend_begins_with_the_other() =>
        Assert.Equal([8, 9, 1, 2], await Elements(Source.From(Numbers(2)).Prepend(Source.From([8, 9]))));

    [Fact]
    public async Task OrElse_goes_on_only_after_nothing()
    {
        Assert.Equal([1], await Elements(Source.Single(1).OrElse(Source.Single(9))));
        Assert.Equal([9], await Elements(Source.Empty<int>().OrElse(Source.Single(9))));
    }

    [Fact]
    public async Task Merge_loses_and_invents_nothing() =>
        Assert.Equal(Numbers(20), (await Elements(Source.From(Numbers(10)).Merge(Source.From(Enumerable.Range(11, 10))))).Order());

    [Fact]
    public async Task Merge_goes_on_when_one_side_has_ended() =>
        Assert.Equal([1, 2, 3], await Elements(Source.Empty<int>().Merge(Source.From(Numbers(3)))));

    [Fact]
    public async Task Merge_ends_eagerly_if_told_so() =>
        Assert.Empty(await Elements(Source.Empty<int>().Merge(Source.Never<int>(), eagerComplete: true)));

    [Fact]
    public async Task Zip_ends_with_the_shorter_one() =>
        Assert.Equal([(1, "a"), (2, "b")], await Elements(Source.From(Numbers(5)).Zip(Source.From(["a", "b"]))));

    [Fact]
    public async Task AlsoTo_sends_everything_to_both()
    {
        var (aside, main) = Source.From(Numbers(5)).AlsoToMaterialized(Sink.Seq<int>(), Keep.Right)
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        Assert.Equal(Numbers(5), await aside.WaitAsync(Patience));
        Assert.Equal(Numbers(5), await main.WaitAsync(Patience));
    }

    [Fact]
    public async Task AlsoTo_waits_for_the_slower_side()
    {
        var slow = new GatedSink();
        var main = Source.From(Numbers(5)).AlsoTo(slow.Sink).RunWith(Sink.Seq<int>(), Materializer);
        await slow.Holds.WaitAsync(Patience);
        Assert.False(main.IsCompleted);

        slow.AllowAll();

        Assert.Equal(Numbers(5), await main.WaitAsync(Patience));
        Assert.Equal(Numbers(5), await slow.Received.WaitAsync(Patience));
    }

    [Fact]
    public async Task WireTap_does_not_slow_the_stream_down()
    {
        var slow = new GatedSink();
        var main = Source.From(Numbers(5)).WireTap(slow.Sink).RunWith(Sink.Seq<int>(), Materializer);

        Assert.Equal(Numbers(5), await main.WaitAsync(Patience));
    }

    [Fact]
    public async Task WireTap_shows_elements_to_an_action()
    {
        var seen = 0;
        await Elements(Source.From(Numbers(5)).WireTap(n => Interlocked.Add(ref seen, n)));

        Assert.InRange(seen, 1, 15);
    }

    [Fact]
    public async Task DivertTo_sends_each_element_to_one_side_only()
    {
        var (odd, even) = Source.From(Numbers(6)).DivertToMaterialized(Sink.Seq<int>(), n => n % 2 == 0, Keep.Right)
            .ToMaterialized(Sink.Seq<int>(), (diverted, main) => (main, diverted)).Run(Materializer);

        Assert.Equal([1, 3, 5], await odd.WaitAsync(Patience));
        Assert.Equal([2, 4, 6], await even.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_flow_of_sink_and_source_joins_them_at_their_ends()
    {
        var flow = Flow.FromSinkAndSource(Sink.Seq<int>(), Source.From(["a", "b"]), Keep.Left);
        var (seen, result) = Source.From(Numbers(2)).ViaMaterialized(flow, Keep.Right).ToMaterialized(Sink.Seq<string>(), Keep.Both).Run(Materializer);

        Assert.Equal([1, 2], await seen.WaitAsync(Patience));
        Assert.Equal(["a", "b"], await result.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_bidirectional_flow_maps_both_ways_around_what_it_is_joined_with()
    {
        var layer = BidiFlow.FromFunction<int, string, string, int>(n => n.ToString(), int.Parse);
        var echo = Flow.Create<string>().Select(text => text + "0");

        Assert.Equal([10, 20], await Elements(Source.From(Numbers(2)).Via(layer.Join(echo))));
    }

    [Fact]
    public async Task A_kill_switch_for_both_directions_ends_both()
    {
        var (kill, done) = Source.Never<int>()
            .ViaMaterialized(
                BidiFlow.FromGraph(KillSwitches.SingleBidi<int, int>()).JoinMat(Flow.Create<int>(), Keep.Left), Keep.Right)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);

        kill.Shutdown();

        await done.WaitAsync(Patience);
    }
}
