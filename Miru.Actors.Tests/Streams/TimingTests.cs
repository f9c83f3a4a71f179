using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

/// <summary>Timeouts that are short against those that never come: no test depends on how long anything takes.</summary>
public sealed class TimingTests : StreamSpec
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public async Task InitialTimeout_fails_without_a_first_element() =>
        Assert.IsType<TimeoutException>(await FailureOf(Source.Never<int>().InitialTimeout(Soon)));

    [Fact]
    public async Task CompletionTimeout_fails_a_stream_that_goes_on() =>
        Assert.IsType<TimeoutException>(await FailureOf(Source.Tick(TimeSpan.Zero, Soon / 4, 1).CompletionTimeout(Soon)));

    [Fact]
    public async Task IdleTimeout_fails_after_a_pause() =>
        Assert.IsType<TimeoutException>(await FailureOf(Source.Single(1).Concat(Source.Never<int>()).IdleTimeout(Soon)));

    [Fact]
    public async Task BackpressureTimeout_fails_when_downstream_asks_no_more()
    {
        var consumer = new GatedSink();
        Source.Repeat(1).BackpressureTimeout(Soon).To(consumer.Sink).Run(Materializer);

        Assert.IsType<TimeoutException>(await FailureOf(consumer.Received));
    }

    [Fact]
    public async Task No_timeout_strikes_a_stream_that_is_fast_enough() =>
        Assert.Equal(Numbers(10), await Elements(
            Source.From(Numbers(10)).InitialTimeout(Never).IdleTimeout(Never).CompletionTimeout(Never).BackpressureTimeout(Never)));

    [Fact]
    public async Task KeepAlive_injects_while_nothing_comes() =>
        Assert.Equal([0, 0], await Elements(Source.Never<int>().KeepAlive(Soon, () => 0).Take(2)));

    [Fact]
    public async Task KeepAlive_changes_nothing_while_elements_come() =>
        Assert.Equal(Numbers(10), await Elements(Source.From(Numbers(10)).KeepAlive(Never, () => 0)));

    [Fact]
    public async Task GroupedWithin_emits_a_full_group_at_once_and_the_rest_at_the_end() =>
        Assert.Equal([[1, 2], [3]], await Elements(Source.From(Numbers(3)).GroupedWithin(2, Never)));

    [Fact]
    public async Task GroupedWithin_emits_what_there_is_when_its_time_is_over() =>
        Assert.Equal([1], await Source.Single(1).Concat(Source.Never<int>()).GroupedWithin(10, Soon)
            .RunWith(Sink.First<IEnumerable<int>>(), Materializer).WaitAsync(Patience));

    [Fact]
    public async Task Delay_keeps_the_order_and_loses_nothing_that_fits() =>
        Assert.Equal(Numbers(10), await Elements(Source.From(Numbers(10)).Delay(Soon)));

    [Fact]
    public async Task Delay_waits_with_backpressure_for_room() =>
        Assert.Equal(Numbers(10), await Elements(
            Source.From(Numbers(10)).Delay(Soon / 10, DelayOverflowStrategy.Backpressure).WithAttributes(Attributes.CreateInputBuffer(1, 1))));

    [Fact]
    public async Task InitialDelay_holds_back_and_then_passes_everything() =>
        Assert.Equal(Numbers(3), await Elements(Source.From(Numbers(3)).InitialDelay(Soon)));

    [Fact]
    public async Task TakeWithin_completes_when_its_time_is_over() =>
        Assert.Empty(await Elements(Source.Never<int>().TakeWithin(Soon)));

    [Fact]
    public async Task Tick_goes_on_until_it_is_cancelled()
    {
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var count = 0;
        var (tick, done) = Source.Tick(TimeSpan.Zero, Soon / 10, "tick")
            .ToMaterialized(
                Sink.ForEach<string>(_ =>
                {
                    if (++count == 3)
                    {
                        third.SetResult();
                    }
                }),
                Keep.Both)
            .Run(Materializer);
        await third.Task.WaitAsync(Patience);

        tick.Cancel();

        await done.WaitAsync(Patience);
        Assert.True(tick.IsCancellationRequested);
    }
}
