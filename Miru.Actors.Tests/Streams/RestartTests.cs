using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class RestartTests : StreamSpec
{
    private static readonly RestartSettings Fast = RestartSettings.Create(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(2), 0.1);

    [Fact]
    public async Task A_source_that_completes_is_started_again()
    {
        var runs = 0;

        Assert.Equal([1, 2, 3], await Elements(RestartSource.WithBackoff(() => Source.Single(++runs), Fast).Take(3)));
    }

    [Fact]
    public async Task A_source_that_fails_is_started_again_and_its_failure_is_not_seen()
    {
        var runs = 0;
        var source = RestartSource.OnFailuresWithBackoff(
            () => ++runs < 3 ? Source.Failed<int>(new InvalidDataException()) : Source.Single(runs), Fast);

        Assert.Equal([3], await Elements(source));
    }

    [Fact]
    public async Task A_source_restarted_on_failures_only_completes_when_it_completes()
    {
        var runs = 0;

        Assert.Equal([1, 2], await Elements(RestartSource.OnFailuresWithBackoff(
            () =>
            {
                runs++;
                return Source.From(Numbers(2));
            },
            Fast)));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Restarts_end_with_the_last_failure_when_they_are_used_up()
    {
        var runs = 0;
        var failure = await FailureOf(RestartSource.WithBackoff(
            () => Source.Failed<int>(new InvalidDataException($"run {++runs}")),
            Fast.WithMaxRestarts(2, TimeSpan.FromHours(1))));

        Assert.Equal("run 3", failure.Message);
    }

    [Fact]
    public async Task Cancellation_ends_the_run()
    {
        var ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Elements(RestartSource.WithBackoff(
            () => Source.Repeat(1).WatchTermination((_, done) =>
            {
                ended.TrySetResult(done);
                return Akka.NotUsed.Instance;
            }),
            Fast).Take(1));

        await (await ended.Task.WaitAsync(Patience)).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_flow_that_fails_is_started_again_while_upstream_goes_on()
    {
        var runs = 0;
        var flow = RestartFlow.OnFailuresWithBackoff(
            () =>
            {
                runs++;
                return Flow.Create<int>().Select(n => n == 2 ? throw new InvalidDataException() : n);
            },
            Fast);

        // The element that failed is lost.
        Assert.Equal([1, 3, 4], await Elements(Source.From(Numbers(4)).Via(flow)));
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_flow_completes_when_upstream_does()
    {
        var runs = 0;
        var flow = RestartFlow.WithBackoff(
            () =>
            {
                runs++;
                return Flow.Create<int>();
            },
            Fast);

        Assert.Equal([1, 2], await Elements(Source.From(Numbers(2)).Via(flow)));
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Settings_are_taken_as_they_are()
    {
        var runs = 0;
        var atOnce = RestartSettings.Create(TimeSpan.Zero, TimeSpan.Zero, 1.5);

        Assert.Equal([1, 2, 3], await Elements(RestartSource.WithBackoff(() => Source.Single(++runs), atOnce).Take(3)));
        Assert.Equal(7, atOnce.WithMaxRestarts(7, TimeSpan.FromSeconds(1)).MaxRestarts);
    }
}
