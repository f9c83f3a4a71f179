using Akka.Actor;
using Akka.Pattern;
using Miru.Actors.Tests.Doubles;

namespace Miru.Actors.Tests.CircuitBreaking;

/// <summary>Closed until too many calls in a row fail, open until it is time for a trial, closed again if that succeeds.</summary>
public class CircuitBreakerSpec : VirtualTimeSpec
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Lets_calls_through_while_it_is_closed()
    {
        var breaker = Breaker();
        Assert.Equal(42, await breaker.WithCircuitBreaker(() => Task.FromResult(42)));
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task Opens_after_as_many_failures_in_a_row_as_allowed()
    {
        var breaker = Breaker();
        await FailAsync(breaker);
        await FailAsync(breaker);
        Assert.True(breaker.IsClosed);
        await FailAsync(breaker);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task Forgets_failures_at_a_success()
    {
        var breaker = Breaker();
        await FailAsync(breaker);
        await FailAsync(breaker);
        await breaker.WithCircuitBreaker(() => Task.CompletedTask);
        await FailAsync(breaker);
        Assert.True(breaker.IsClosed);
        Assert.Equal(1, breaker.CurrentFailureCount);
    }

    [Fact]
    public async Task Makes_no_call_while_it_is_open()
    {
        var breaker = await OpenAsync();
        var called = false;
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() =>
        {
            called = true;
            return Task.CompletedTask;
        }));
        Assert.False(called);
    }

    [Fact]
    public async Task Closes_when_the_trial_succeeds()
    {
        var breaker = await OpenAsync();
        Pass(Minute);
        Assert.True(breaker.IsHalfOpen);
        await breaker.WithCircuitBreaker(() => Task.CompletedTask);
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task Opens_again_when_the_trial_fails()
    {
        var breaker = await OpenAsync();
        Pass(Minute);
        await FailAsync(breaker);
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public async Task Lets_one_call_try_at_a_time()
    {
        var breaker = await OpenAsync();
        Pass(Minute);
        var trial = new TaskCompletionSource();
        var first = breaker.WithCircuitBreaker(() => trial.Task);
        await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() => Task.CompletedTask));
        trial.SetResult();
        await first;
        Assert.True(breaker.IsClosed);
    }

    [Fact]
    public async Task Stays_open_longer_after_each_failed_trial()
    {
        var breaker = await OpenAsync(Breaker().WithExponentialBackoff(TimeSpan.FromHours(1)));
        Pass(Minute);
        await FailAsync(breaker);
        Pass(Minute);
        Assert.True(breaker.IsOpen);
        Pass(Minute);
        Assert.True(breaker.IsHalfOpen);
    }

    [Fact]
    public async Task Tells_how_it_changes()
    {
        var breaker = Breaker()
            .OnOpen(() => TestActor.Tell("open")).OnHalfOpen(() => TestActor.Tell("half open")).OnClose(() => TestActor.Tell("closed"));
        await OpenAsync(breaker);
        await ExpectMsgAsync("open");
        Pass(Minute);
        await ExpectMsgAsync("half open");
        await breaker.WithCircuitBreaker(() => Task.CompletedTask);
        await ExpectMsgAsync("closed");
    }

    [Fact]
    public async Task Counts_a_call_that_takes_too_long_as_failed()
    {
        var breaker = new CircuitBreaker(Sys.Scheduler, 1, TimeSpan.FromMilliseconds(20), Minute);
        await Assert.ThrowsAsync<TimeoutException>(() => breaker.WithCircuitBreaker(() => new TaskCompletionSource().Task));
        Assert.True(breaker.IsOpen);
    }

    [Fact]
    public void Guards_calls_that_block()
    {
        var breaker = new CircuitBreaker(Sys.Scheduler, 1, Minute, Minute);
        Assert.Equal(1, breaker.WithSyncCircuitBreaker(() => 1));
        Assert.Throws<Boom>(() => breaker.WithSyncCircuitBreaker(() => throw new Boom("down")));
        Assert.Throws<OpenCircuitException>(() => breaker.WithSyncCircuitBreaker(() => 2));
    }

    private CircuitBreaker Breaker() => CircuitBreaker.Create(Sys.Scheduler, 3, Minute, Minute);

    private async Task<CircuitBreaker> OpenAsync(CircuitBreaker breaker = null)
    {
        breaker ??= Breaker();
        while (!breaker.IsOpen) await FailAsync(breaker);
        return breaker;
    }

    private static Task FailAsync(CircuitBreaker breaker) =>
        Assert.ThrowsAsync<Boom>(() => breaker.WithCircuitBreaker(() => Task.FromException(new Boom("down"))));
}
