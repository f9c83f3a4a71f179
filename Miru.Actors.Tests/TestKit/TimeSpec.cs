using Akka.Actor;
using Xunit;
using Xunit.Sdk;

namespace Miru.Actors.Tests.TestKit;

/// <summary>Bounding time, and waiting for conditions.</summary>
public class TimeSpec : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public void Fails_a_block_that_ends_too_early() =>
        Assert.ThrowsAny<XunitException>(() => Within(Short, Long, () => { }));

    [Fact]
    public void Lets_an_expectation_wait_only_for_what_is_left_of_the_block() =>
        Assert.ThrowsAny<XunitException>(() => Within(Short, () => ExpectMsg<string>()));

    [Fact]
    public void Passes_the_result_of_a_block_on() => Assert.Equal(1, Within(Long, () => 1));

    [Fact]
    public void Counts_what_is_left_only_inside_of_a_block()
    {
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Within(Long, () => Assert.InRange(Remaining, TimeSpan.FromSeconds(1), Long));
    }

    [Fact]
    public async Task Bounds_asynchronous_blocks_too()
    {
        TestActor.Tell("a");
        await WithinAsync(Long, async () => { await ExpectMsgAsync("a"); });
        // Akka.NET wraps the failure in an AggregateException, so only its base is promised.
        var failure = await Record.ExceptionAsync(() => WithinAsync(Short, async () => { await ExpectMsgAsync<string>(); }));
        Assert.IsAssignableFrom<XunitException>(failure?.GetBaseException());
    }

    [Fact]
    public void Waits_until_a_condition_holds()
    {
        var looks = 0;
        AwaitCondition(() => ++looks == 3, Long, TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, looks);
        Assert.ThrowsAny<XunitException>(() => AwaitCondition(() => false, Short));
    }

    [Fact]
    public void Repeats_an_assertion_until_it_passes_and_fails_with_its_last_exception()
    {
        var looks = 0;
        AwaitAssert(() => Assert.Equal(3, ++looks), Long, TimeSpan.FromMilliseconds(1));
        Assert.Throws<InvalidOperationException>(() => AwaitAssert(() => throw new InvalidOperationException(), Short));
    }

    [Fact]
    public async Task Repeats_an_asynchronous_assertion()
    {
        var looks = 0;
        await AwaitAssertAsync(async () => { await Task.Yield(); Assert.Equal(3, ++looks); }, Long, TimeSpan.FromMilliseconds(1));
        await AwaitConditionAsync(async () => { await Task.Yield(); return ++looks == 6; }, Long, TimeSpan.FromMilliseconds(1));
    }
}
