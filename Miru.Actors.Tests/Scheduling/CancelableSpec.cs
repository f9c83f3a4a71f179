using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Scheduling;

/// <summary>A handle to call something off.</summary>
public class CancelableSpec : ActorSpec
{
    [Fact]
    public void Cancels_its_token()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        Assert.False(cancelable.Token.IsCancellationRequested);
        cancelable.Cancel();
        Assert.True(cancelable.Token.IsCancellationRequested);
        cancelable.Cancel();
    }

    [Fact]
    public void Cancels_itself_after_a_delay()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        cancelable.CancelAfter(TimeSpan.FromMilliseconds(10));
        AwaitCondition(() => cancelable.IsCancellationRequested, Patience);
    }

    [Fact]
    public void Can_be_made_with_its_delay()
    {
        var cancelable = new Cancelable(Sys.Scheduler, TimeSpan.FromMilliseconds(10));
        AwaitCondition(() => cancelable.IsCancellationRequested, Patience);
    }

    [Fact]
    public void Can_be_linked_to_others()
    {
        var (one, other) = (new Cancelable(Sys.Scheduler), new Cancelable(Sys.Scheduler));
        var linked = Cancelable.CreateLinkedCancelable(Sys.Scheduler, one, other);
        Assert.False(linked.IsCancellationRequested);
        other.Cancel();
        Assert.True(linked.IsCancellationRequested);
        Assert.False(one.IsCancellationRequested);
    }

    [Fact]
    public void Can_be_linked_to_tokens()
    {
        using var source = new CancellationTokenSource();
        var linked = Cancelable.CreateLinkedCancelable(Sys.Scheduler, source.Token);
        source.Cancel();
        Assert.True(linked.IsCancellationRequested);
    }

    [Fact]
    public void Can_be_cancelled_from_the_start()
    {
        Assert.True(Cancelable.CreateCanceled().IsCancellationRequested);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.Zero, TestActor, "never", ActorRefs.NoSender, Cancelable.CreateCanceled());
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Can_be_cancelled_where_there_may_be_none()
    {
        ICancelable none = null;
        none.CancelIfNotNull();
        var some = new Cancelable(Sys.Scheduler);
        some.CancelIfNotNull();
        Assert.True(some.IsCancellationRequested);
    }
}
