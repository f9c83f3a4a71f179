using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Util;

namespace Miru.Actors.Tests.Streams;

public sealed class SourcesAndSinksTests : StreamSpec
{
    [Fact]
    public async Task From_enumerates_anew_for_each_stream()
    {
        var source = Source.From(Numbers(3));

        Assert.Equal([1, 2, 3], await Elements(source));
        Assert.Equal([1, 2, 3], await Elements(source));
    }

    [Fact]
    public async Task From_an_enumerable_that_throws_fails()
    {
        static IEnumerable<int> Broken()
        {
            yield return 1;
            throw new InvalidDataException("broken");
        }

        Assert.IsType<InvalidDataException>(await FailureOf(Source.From(Broken())));
    }

    [Fact]
    public async Task From_an_asynchronous_enumerable_passes_elements_and_disposes_it()
    {
        var disposed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async IAsyncEnumerable<int> Elements()
        {
            try
            {
                for (var n = 1; ; n++)
                {
                    await Task.Yield();
                    yield return n;
                }
            }
            finally
            {
                disposed.SetResult();
            }
        }

        Assert.Equal([1, 2, 3], await Elements<int, Akka.NotUsed>(Source.From(Elements).Take(3)));
        await disposed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Single_Empty_Failed_are_what_they_say()
    {
        var cause = new InvalidDataException("broken");

        Assert.Equal([7], await Elements(Source.Single(7)));
        Assert.Empty(await Elements(Source.Empty<int>()));
        Assert.Same(cause, await FailureOf(Source.Failed<int>(cause)));
    }

    [Fact]
    public async Task FromTask_emits_the_result_or_fails_as_the_task_does()
    {
        var late = new TaskCompletionSource<int>();
        var result = Elements(Source.FromTask(late.Task));
        late.SetResult(5);

        Assert.Equal([5], await result);
        Assert.IsType<InvalidDataException>(await FailureOf(Source.FromTask(Task.FromException<int>(new InvalidDataException()))));
    }

    [Fact]
    public async Task Maybe_emits_what_its_promise_gets()
    {
        var (promise, result) = Source.Maybe<string>().ToMaterialized(Sink.Seq<string>(), Keep.Both).Run(Materializer);
        promise.SetResult("one");

        Assert.Equal(["one"], await result.WaitAsync(Patience));
    }

    [Fact]
    public async Task Unfold_ends_when_there_is_no_next_state() =>
        Assert.Equal([0, 1, 2], await Elements(Source.Unfold(0, n => n == 3 ? Option<(int, int)>.None : (n + 1, n))));

    [Fact]
    public async Task UnfoldAsync_asks_once_at_a_time_and_ends_with_none()
    {
        Assert.Equal([0, 1, 2], await Elements(Source.UnfoldAsync(0, async n =>
        {
            await Task.Yield();
            return n == 3 ? Option<(int, int)>.None : (n + 1, n);
        })));
    }

    [Fact]
    public async Task UnfoldResourceAsync_closes_after_the_last_element()
    {
        var closed = false;
        var left = 3;
        var elements = await Elements(Source.UnfoldResourceAsync<int, string>(
            () => Task.FromResult("resource"),
            async _ =>
            {
                await Task.Yield();
                return left == 0 ? Option<int>.None : left--;
            },
            _ =>
            {
                closed = true;
                return Task.FromResult(Akka.Done.Instance);
            }));

        Assert.Equal([3, 2, 1], elements);
        Assert.True(closed);
    }

    [Fact]
    public async Task UnfoldResourceAsync_closes_when_downstream_cancels()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Source.UnfoldResourceAsync<int, string>(
                () => Task.FromResult("resource"),
                _ => Task.FromResult(new Option<int>(1)),
                _ =>
                {
                    closed.SetResult();
                    return Task.FromResult(Akka.Done.Instance);
                })
            .RunWith(Sink.First<int>(), Materializer).WaitAsync(Patience);

        await closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task UnfoldResourceAsync_closes_and_fails_when_reading_fails()
    {
        var closed = false;
        var failure = await FailureOf(Source.UnfoldResourceAsync<int, string>(
            () => Task.FromResult("resource"),
            _ => Task.FromException<Option<int>>(new InvalidDataException("broken")),
            _ =>
            {
                closed = true;
                return Task.FromResult(Akka.Done.Instance);
            }));

        Assert.IsType<InvalidDataException>(failure);
        Assert.True(closed);
    }

    [Fact]
    public async Task A_channel_is_read_until_it_completes()
    {
        var channel = Channel.CreateBounded<int>(2);
        var result = Elements(Source.ChannelReader(channel.Reader));
        foreach (var n in Numbers(5))
        {
            await channel.Writer.WriteAsync(n).AsTask().WaitAsync(Patience);
        }

        channel.Writer.Complete();

        Assert.Equal(Numbers(5), await result);
    }

    [Fact]
    public async Task A_failed_channel_fails_the_stream()
    {
        var channel = Channel.CreateBounded<int>(2);
        channel.Writer.Complete(new InvalidDataException("broken"));

        Assert.IsType<InvalidDataException>(await FailureOf(Source.ChannelReader(channel.Reader)));
    }

    [Fact]
    public async Task A_full_channel_makes_the_stream_wait()
    {
        var reader = Source.From(Numbers(10)).RunWith(Sink.ChannelReader<int>(2, singleReader: true), Materializer);
        var read = new List<int>();
        await foreach (var n in reader.ReadAllAsync())
        {
            read.Add(n);
        }

        Assert.Equal(Numbers(10), read);
    }

    [Fact]
    public async Task ForEach_ends_as_the_stream_does_and_fails_if_its_action_throws()
    {
        var seen = new List<int>();
        await Source.From(Numbers(3)).RunForeach(seen.Add, Materializer).WaitAsync(Patience);

        Assert.Equal([1, 2, 3], seen);
        Assert.IsType<InvalidDataException>(await FailureOf(Source.Single(1).RunForeach(_ => throw new InvalidDataException(), Materializer)));
    }

    [Fact]
    public async Task ForEachAsync_ends_when_all_calls_have()
    {
        var finished = 0;
        await Source.From(Numbers(20)).RunWith(
            Sink.ForEachAsync<int>(4, async _ =>
            {
                await Task.Yield();
                Interlocked.Increment(ref finished);
            }),
            Materializer).WaitAsync(Patience);

        Assert.Equal(20, finished);
    }

    [Fact]
    public async Task First_cancels_and_fails_if_there_is_nothing()
    {
        Assert.Equal(4, await Source.Repeat(4).RunWith(Sink.First<int>(), Materializer).WaitAsync(Patience));
        Assert.IsType<NoSuchElementException>(await FailureOf(Source.Empty<int>().RunWith(Sink.First<int>(), Materializer)));
        Assert.Equal(0, await Source.Empty<int>().RunWith(Sink.FirstOrDefault<int>(), Materializer).WaitAsync(Patience));
    }

    [Fact]
    public async Task Last_is_the_last_and_fails_if_there_is_nothing()
    {
        Assert.Equal(3, await Source.From(Numbers(3)).RunWith(Sink.Last<int>(), Materializer).WaitAsync(Patience));
        Assert.IsType<NoSuchElementException>(await FailureOf(Source.Empty<int>().RunWith(Sink.Last<int>(), Materializer)));
    }

    [Fact]
    public async Task Aggregate_has_the_state_after_all() =>
        Assert.Equal("123", await Source.From(Numbers(3)).RunAggregate("", (text, n) => text + n, Materializer).WaitAsync(Patience));

    [Fact]
    public async Task OnComplete_says_how_the_stream_ended()
    {
        var ends = Channel.CreateUnbounded<string>();
        Source.Empty<int>().RunWith(Sink.OnComplete<int>(() => ends.Writer.TryWrite("completed"), _ => { }), Materializer);
        Assert.Equal("completed", await ends.Reader.ReadAsync().AsTask().WaitAsync(Patience));

        Source.Failed<int>(new InvalidDataException("broken"))
            .RunWith(Sink.OnComplete<int>(() => { }, cause => ends.Writer.TryWrite(cause.Message)), Materializer);
        Assert.Equal("broken", await ends.Reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_sink_queue_hands_out_elements_and_then_none()
    {
        var queue = Source.From(Numbers(2)).RunWith(Sink.Queue<int>(), Materializer);

        Assert.Equal(1, (await queue.PullAsync().WaitAsync(Patience)).Value);
        Assert.Equal(2, (await queue.PullAsync().WaitAsync(Patience)).Value);
        Assert.False((await queue.PullAsync().WaitAsync(Patience)).HasValue);
    }

    [Fact]
    public async Task A_sink_queue_fails_as_the_stream_does() =>
        Assert.IsType<InvalidDataException>(await FailureOf(
            Source.Failed<int>(new InvalidDataException()).RunWith(Sink.Queue<int>(), Materializer).PullAsync()));

    [Fact]
    public async Task Lazily_makes_its_source_at_the_first_demand()
    {
        var (value, result) = Source.Lazily(() => Source.From(Numbers(2)).MapMaterializedValue(_ => "made"))
            .ToMaterialized(Sink.Seq<int>(), Keep.Both).Run(Materializer);

        Assert.Equal([1, 2], await result.WaitAsync(Patience));
        Assert.Equal("made", await value.WaitAsync(Patience));
    }
}
