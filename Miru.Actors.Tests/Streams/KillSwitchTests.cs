using Akka.Streams;
using Akka.Streams.Dsl;

namespace Miru.Actors.Tests.Streams;

public sealed class KillSwitchTests : StreamSpec
{
    [Fact]
    public async Task Shutdown_completes_downstream_and_cancels_upstream()
    {
        var ((upstream, kill), downstream) = Source.Never<int>().WatchTermination((_, done) => done)
            .ViaMaterialized(KillSwitches.Single<int>(), Keep.Both)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);

        kill.Shutdown();

        await upstream.WaitAsync(Patience);
        await downstream.WaitAsync(Patience);
    }

    [Fact]
    public async Task Abort_fails_downstream_with_its_cause()
    {
        var cause = new InvalidDataException("broken");
        var (kill, downstream) = Source.Never<int>().ViaMaterialized(KillSwitches.Single<int>(), Keep.Right)
            .ToMaterialized(Sink.Ignore<int>(), Keep.Both).Run(Materializer);

        kill.Abort(cause);
        kill.Shutdown();

        Assert.Same(cause, await FailureOf(downstream));
    }

    [Fact]
    public async Task A_shared_switch_ends_all_its_streams_and_those_that_come_later()
    {
        var kill = KillSwitches.Shared("all");
        var first = Source.Never<int>().Via(kill.Flow<int>()).RunWith(Sink.Ignore<int>(), Materializer);
        var second = Source.Never<string>().Via(kill.Flow<string>()).RunWith(Sink.Ignore<string>(), Materializer);

        kill.Shutdown();
        var third = Source.Never<int>().Via(kill.Flow<int>()).RunWith(Sink.Ignore<int>(), Materializer);

        await Task.WhenAll(first, second, third).WaitAsync(Patience);
    }

    [Fact]
    public async Task A_cancelled_token_fails_the_stream()
    {
        using var cancel = new CancellationTokenSource();
        var downstream = Source.Never<int>().Via(cancel.Token.AsFlow<int>()).RunWith(Sink.Ignore<int>(), Materializer);

        await cancel.CancelAsync();

        Assert.IsAssignableFrom<OperationCanceledException>(await FailureOf(downstream));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_cancelled_gracefully_completes_the_stream_also_if_it_was_cancelled_before(bool before)
    {
        using var cancel = new CancellationTokenSource();
        if (before)
        {
            await cancel.CancelAsync();
        }

        var downstream = Source.Never<int>().Via(cancel.Token.AsFlow<int>(cancelGracefully: true)).RunWith(Sink.Ignore<int>(), Materializer);
        await cancel.CancelAsync();

        await downstream.WaitAsync(Patience);
    }
}
