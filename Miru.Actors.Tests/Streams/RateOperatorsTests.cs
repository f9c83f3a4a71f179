using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class RateOperatorsTests : StreamSpec
{
    [Theory]
    [InlineData(OverflowStrategy.DropHead, new[] { 1, 4, 5 })]
    [InlineData(OverflowStrategy.DropTail, new[] { 1, 2, 5 })]
    [InlineData(OverflowStrategy.DropBuffer, new[] { 1, 4, 5 })]
    [InlineData(OverflowStrategy.DropNew, new[] { 1, 2, 3 })]
    [InlineData(OverflowStrategy.Backpressure, new[] { 1, 2, 3, 4, 5 })]
    public async Task Buffer_treats_overflow_as_its_strategy_says(OverflowStrategy strategy, int[] expected)
    {
        var consumer = new GatedSink();
        Source.From(Numbers(5)).Buffer(2, strategy).To(consumer.Sink).Run(Materializer);
        await consumer.Holds.WaitAsync(Patience);

        consumer.AllowAll();

        Assert.Equal(expected, await consumer.Received.WaitAsync(Patience));
    }

    [Fact]
    public async Task Buffer_fails_on_overflow_if_told_so()
    {
        var consumer = new GatedSink();
        Source.From(Numbers(5)).Buffer(2, OverflowStrategy.Fail).To(consumer.Sink).Run(Materializer);

        Assert.IsType<BufferOverflowException>(await FailureOf(consumer.Received));
    }

    [Fact]
    public async Task Conflate_combines_what_a_slow_consumer_does_not_take_and_never_makes_the_producer_wait()
    {
        var consumer = new GatedSink();
        var produced = Source.From(Numbers(100)).WatchTermination((_, done) => done).Conflate((a, b) => a + b)
            .ToMaterialized(consumer.Sink, Keep.Left).Run(Materializer);
        await produced.WaitAsync(Patience);

        consumer.AllowAll();

        Assert.Equal(5050, (await consumer.Received.WaitAsync(Patience)).Sum());
    }

    [Fact]
    public async Task ConflateWithSeed_begins_each_batch_with_its_seed()
    {
        var result = await Source.From(Numbers(10))
            .ConflateWithSeed(n => new List<int> { n }, (batch, n) =>
            {
                batch.Add(n);
                return batch;
            })
            .RunWith(Sink.Seq<List<int>>(), Materializer).WaitAsync(Patience);

        Assert.Equal(Numbers(10), result.SelectMany(batch => batch));
    }

    [Fact]
    public async Task Batch_makes_the_producer_wait_when_the_batch_is_full()
    {
        var consumer = new GatedSink();
        Source.From(Numbers(7)).Batch(3, n => n, (sum, n) => sum + n).To(consumer.Sink).Run(Materializer);
        Assert.Equal(1, await consumer.Holds.WaitAsync(Patience));

        consumer.AllowAll();

        var received = await consumer.Received.WaitAsync(Patience);
        Assert.Equal(28, received.Sum());
        Assert.Equal(2 + 3 + 4, received[1]);
    }

    [Fact]
    public async Task A_slow_consumer_makes_the_producer_wait()
    {
        var produced = 0;
        var consumer = new GatedSink();
        Source.From(Numbers(1000)).Select(n => Interlocked.Exchange(ref produced, n) + 1).To(consumer.Sink).Run(Materializer);
        await consumer.Holds.WaitAsync(Patience);

        Assert.Equal(1, Volatile.Read(ref produced));

        consumer.AllowAll();
        Assert.Equal(1000, (await consumer.Received.WaitAsync(Patience)).Count);
    }

    [Fact]
    public async Task Throttle_in_enforcing_mode_fails_a_producer_that_is_too_fast() =>
        Assert.IsType<OverflowException>(await FailureOf(
            Source.From(Numbers(100)).Throttle(1, TimeSpan.FromHours(1), 3, ThrottleMode.Enforcing)));

    [Fact]
    public async Task Throttle_lets_a_burst_through_and_then_makes_the_producer_wait()
    {
        var passed = 0;
        var third = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (stop, done) = Source.From(Numbers(100)).ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .Throttle(1, TimeSpan.FromHours(1), 3, ThrottleMode.Shaping)
            .ToMaterialized(
                Sink.ForEach<int>(_ =>
                {
                    if (Interlocked.Increment(ref passed) == 3)
                    {
                        third.SetResult();
                    }
                }),
                Keep.Both)
            .Run(Materializer);
        await third.Task.WaitAsync(Patience);

        stop.Abort(new InvalidDataException("enough"));
        await FailureOf(done);

        Assert.Equal(3, passed);
    }

    [Fact]
    public async Task Throttle_passes_everything_in_time() =>
        Assert.Equal(Numbers(20), await Elements(Source.From(Numbers(20)).Throttle(10, TimeSpan.FromMilliseconds(10), 1, ThrottleMode.Shaping)));

    [Fact]
    public void Throttle_refuses_a_rate_of_nothing() =>
        Assert.Throws<ArgumentException>(() => Source.Empty<int>().Throttle(0, TimeSpan.FromSeconds(1), 1, ThrottleMode.Shaping));
}
