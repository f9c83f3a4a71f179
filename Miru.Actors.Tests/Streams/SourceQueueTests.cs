using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class SourceQueueTests : StreamSpec
{
    [Fact]
    public async Task Delivers_what_was_offered_in_order_and_then_completes()
    {
        var (queue, result) = Run(4, OverflowStrategy.Backpressure);
        foreach (var n in Numbers(3))
        {
            Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(n).WaitAsync(Patience));
        }

        queue.Complete();

        Assert.Equal([1, 2, 3], await result.WaitAsync(Patience));
        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Backpressure_leaves_one_offer_pending_until_there_is_room()
    {
        var (queue, consumer) = RunPulled(1, OverflowStrategy.Backpressure);
        Assert.Equal(0, await FillThrough(queue, consumer));
        Assert.IsType<QueueOfferResult.Enqueued>(await queue.OfferAsync(1).WaitAsync(Patience));

        var pending = queue.OfferAsync(2);
        await Settled(queue);
        Assert.False(pending.IsCompleted);

        consumer.Allow();
        Assert.IsType<QueueOfferResult.Enqueued>(await pending.WaitAsync(Patience));
    }

    [Fact]
    public async Task Backpressure_fails_a_second_pending_offer_and_keeps_the_first()
    {
        var (queue, consumer) = RunPulled(1, OverflowStrategy.Backpressure);
        await FillThrough(queue, consumer);
        await queue.OfferAsync(1).WaitAsync(Patience);
        var first = queue.OfferAsync(2);

        await Assert.ThrowsAnyAsync<Exception>(() => queue.OfferAsync(3).WaitAsync(Patience));

        consumer.Allow();
        Assert.IsType<QueueOfferResult.Enqueued>(await first.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(OverflowStrategy.DropHead, new[] { 2, 3 })]
    [InlineData(OverflowStrategy.DropTail, new[] { 1, 3 })]
    [InlineData(OverflowStrategy.DropBuffer, new[] { 3 })]
    [InlineData(OverflowStrategy.DropNew, new[] { 1, 2 })]
    public async Task A_full_buffer_drops_as_its_strategy_says(OverflowStrategy strategy, int[] kept)
    {
        var (queue, consumer) = RunPulled(2, strategy);
        await FillThrough(queue, consumer);
        await queue.OfferAsync(1).WaitAsync(Patience);
        await queue.OfferAsync(2).WaitAsync(Patience);

        var fate = await queue.OfferAsync(3).WaitAsync(Patience);

        Assert.Equal(strategy == OverflowStrategy.DropNew, fate is QueueOfferResult.Dropped);
        queue.Complete();
        consumer.AllowAll();
        Assert.Equal(kept.Prepend(0), await consumer.Received.WaitAsync(Patience));
    }

    [Fact]
    public async Task Fail_fails_the_stream_and_the_offer()
    {
        var (queue, consumer) = RunPulled(1, OverflowStrategy.Fail);
        await FillThrough(queue, consumer);
        await queue.OfferAsync(1).WaitAsync(Patience);

        var fate = await queue.OfferAsync(2).WaitAsync(Patience);

        Assert.IsType<BufferOverflowException>(Assert.IsType<QueueOfferResult.Failure>(fate).Cause);
        Assert.IsType<BufferOverflowException>(await FailureOf(queue.WatchCompletionAsync()));
    }

    [Fact]
    public async Task Completion_drains_the_buffer_first()
    {
        var (queue, consumer) = RunPulled(4, OverflowStrategy.Backpressure);
        await FillThrough(queue, consumer);
        await queue.OfferAsync(1).WaitAsync(Patience);
        await queue.OfferAsync(2).WaitAsync(Patience);
        queue.Complete();
        consumer.AllowAll();

        Assert.Equal([0, 1, 2], await consumer.Received.WaitAsync(Patience));
    }

    [Fact]
    public async Task Failure_does_not_wait_for_the_buffer()
    {
        var cause = new InvalidDataException("broken");
        var (queue, consumer) = RunPulled(4, OverflowStrategy.Backpressure);
        await FillThrough(queue, consumer);
        await queue.OfferAsync(1).WaitAsync(Patience);
        queue.Fail(cause);
        consumer.AllowAll();

        Assert.Same(cause, await FailureOf(consumer.Received));
        Assert.Same(cause, await FailureOf(queue.WatchCompletionAsync()));
    }

    [Fact]
    public async Task Completion_of_the_queue_is_seen_when_downstream_cancels()
    {
        var queue = Source.Queue<int>(1, OverflowStrategy.Backpressure).To(Sink.Cancelled<int>()).Run(Materializer);

        await queue.WatchCompletionAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task An_unbuffered_queue_answers_an_offer_when_it_is_taken()
    {
        var (queue, consumer) = RunPulled(0, OverflowStrategy.Backpressure);
        await FillThrough(queue, consumer);

        var offer = queue.OfferAsync(1);
        consumer.Allow();

        Assert.IsType<QueueOfferResult.Enqueued>(await offer.WaitAsync(Patience));
    }

    [Fact]
    public async Task Is_detached_when_the_materializer_shuts_down()
    {
        var (queue, _) = Run(1, OverflowStrategy.Backpressure);
        await queue.OfferAsync(1).WaitAsync(Patience);

        Materializer.Shutdown();

        Assert.IsType<StreamDetachedException>(await FailureOf(queue.WatchCompletionAsync()));
    }

    private (ISourceQueueWithComplete<int> Queue, Task<IEnumerable<int>> Result) Run(int size, OverflowStrategy strategy)
    {
        var (queue, result) = Source.Queue<int>(size, strategy).ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);
        return (queue, As(result));

        static async Task<IEnumerable<int>> As(Task<System.Collections.Immutable.IImmutableList<int>> task) => await task;
    }

    private (ISourceQueueWithComplete<int> Queue, GatedSink Consumer) RunPulled(int size, OverflowStrategy strategy)
    {
        var consumer = new GatedSink();
        var queue = Source.Queue<int>(size, strategy).To(consumer.Sink).Run(Materializer);
        return (queue, consumer);
    }

    /// <summary>Sends an element through to the consumer, which holds it: no demand is open after that.</summary>
    private async Task<int> FillThrough(ISourceQueueWithComplete<int> queue, GatedSink consumer)
    {
        await queue.OfferAsync(0).WaitAsync(Patience);
        return await consumer.Holds.WaitAsync(Patience);
    }

    /// <summary>Everything told to the queue so far has been handled: a message that is handled in order, and has no effect, came back.</summary>
    private static async Task Settled(ISourceQueueWithComplete<int> queue) =>
        await Record.ExceptionAsync(() => queue.OfferAsync(99).WaitAsync(Patience));
}
