using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Supervision;
using Akka.Util;
using Decider = Akka.Streams.Supervision.Decider;
using Directive = Akka.Streams.Supervision.Directive;

namespace Miru.Actors.Tests.Streams;

public sealed class ElementOperatorsTests : StreamSpec
{
    [Fact]
    public async Task Select_maps_each_element_in_order() =>
        Assert.Equal([10, 20, 30], await Elements(Source.From(Numbers(3)).Select(n => n * 10)));

    [Fact]
    public async Task Where_passes_what_satisfies_the_predicate() =>
        Assert.Equal([2, 4], await Elements(Source.From(Numbers(5)).Where(n => n % 2 == 0)));

    [Fact]
    public async Task WhereNot_passes_what_does_not_satisfy_the_predicate() =>
        Assert.Equal([1, 3, 5], await Elements(Source.From(Numbers(5)).WhereNot(n => n % 2 == 0)));

    [Fact]
    public async Task Collect_maps_only_where_the_function_is_defined() =>
        Assert.Equal(["2", "4"], await Elements(Source.From(Numbers(4)).Collect(n => n % 2 == 0, n => n.ToString())));

    [Fact]
    public async Task SelectMany_flattens_and_skips_what_maps_to_nothing() =>
        Assert.Equal([2, 2, 3, 3, 3], await Elements(Source.From([0, 2, 0, 3, 0]).SelectMany(n => Enumerable.Repeat(n, n))));

    [Fact]
    public async Task StatefulSelectMany_makes_its_state_anew_for_each_stream()
    {
        var running = Source.From(Numbers(3)).StatefulSelectMany<int, int, Akka.NotUsed>(() =>
        {
            var sum = 0;
            return n => [sum += n];
        });

        Assert.Equal([1, 3, 6], await Elements(running));
        Assert.Equal([1, 3, 6], await Elements(running));
    }

    [Fact]
    public async Task Take_completes_after_its_elements_although_upstream_goes_on() =>
        Assert.Equal([7, 7], await Elements(Source.Repeat(7).Take(2)));

    [Fact]
    public async Task Take_of_nothing_completes_at_once() =>
        Assert.Empty(await Elements(Source.Never<int>().Take(0)));

    [Fact]
    public async Task Skip_drops_the_first_elements() =>
        Assert.Equal([3, 4], await Elements(Source.From(Numbers(4)).Skip(2)));

    [Theory]
    [InlineData(false, new[] { 1, 2 })]
    [InlineData(true, new[] { 1, 2, 3 })]
    public async Task TakeWhile_ends_at_the_first_element_that_does_not_satisfy(bool inclusive, int[] expected) =>
        Assert.Equal(expected, await Elements(Source.From(Numbers(9)).TakeWhile(n => n < 3, inclusive)));

    [Fact]
    public async Task SkipWhile_does_not_drop_again_once_it_has_passed_one() =>
        Assert.Equal([5, 1], await Elements(Source.From([1, 2, 5, 1]).SkipWhile(n => n < 3)));

    [Fact]
    public async Task Scan_emits_the_initial_state_first() =>
        Assert.Equal([0, 1, 3, 6], await Elements(Source.From(Numbers(3)).Scan(0, (sum, n) => sum + n)));

    [Fact]
    public async Task Scan_of_an_empty_stream_emits_the_initial_state() =>
        Assert.Equal([5], await Elements(Source.Empty<int>().Scan(5, (sum, n) => sum + n)));

    [Fact]
    public async Task Aggregate_emits_one_state_at_the_end() =>
        Assert.Equal([10], await Elements(Source.From(Numbers(4)).Aggregate(0, (sum, n) => sum + n)));

    [Fact]
    public async Task Aggregate_emits_nothing_when_upstream_fails()
    {
        var cause = new InvalidDataException("broken");

        Assert.Same(cause, await FailureOf(Source.Failed<int>(cause).Aggregate(0, (sum, n) => sum + n)));
    }

    [Fact]
    public async Task Sum_fails_without_elements() =>
        Assert.IsType<NoSuchElementException>(await FailureOf(Source.Empty<int>().Sum((a, b) => a + b)));

    [Fact]
    public async Task Grouped_emits_a_smaller_last_group() =>
        Assert.Equal([[1, 2], [3, 4], [5]], await Elements(Source.From(Numbers(5)).Grouped(2)));

    [Fact]
    public async Task Limit_passes_as_many_and_fails_on_more()
    {
        Assert.Equal([1, 2, 3], await Elements(Source.From(Numbers(3)).Limit(3)));
        Assert.IsType<StreamLimitReachedException>(await FailureOf(Source.From(Numbers(4)).Limit(3)));
    }

    [Fact]
    public async Task ZipWithIndex_numbers_from_zero() =>
        Assert.Equal([("a", 0L), ("b", 1L)], await Elements(Source.From(["a", "b"]).ZipWithIndex()));

    [Fact]
    public async Task An_exception_of_a_function_fails_the_stream() =>
        Assert.IsType<DivideByZeroException>(await FailureOf(Source.From([1, 0]).Select(n => 1 / n)));

    [Fact]
    public async Task A_resuming_decider_drops_the_element_whose_mapping_threw() =>
        Assert.Equal([1, 0], await Elements(
            Source.From([1, 0, 2]).Select(n => 1 / n).WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.ResumingDecider))));

    [Fact]
    public async Task A_restarting_decider_forgets_what_was_accumulated() =>
        Assert.Equal([0, 1, 0, 3], await Elements(
            Source.From([1, -1, 3])
                .Scan(0, (sum, n) => n < 0 ? throw new InvalidDataException() : sum + n)
                .WithAttributes(ActorAttributes.CreateSupervisionStrategy(Deciders.RestartingDecider))));

    [Fact]
    public async Task A_decider_of_the_materializer_applies_where_no_attribute_does()
    {
        Decider decider = cause => cause is DivideByZeroException ? Directive.Resume : Directive.Stop;
        using var resuming = ActorMaterializer.Create(System, ActorMaterializerSettings.Create(System).WithSupervisionStrategy(decider));

        var result = await Source.From([1, 0, 2]).Select(n => 2 / n).RunWith(Sink.Seq<int>(), resuming).WaitAsync(Patience);

        Assert.Equal([2, 1], result);
    }

    [Fact]
    public async Task Recover_replaces_a_failure_by_a_last_element() =>
        Assert.Equal([1, -1], await Elements(
            Source.From([1, 0, 2]).Select(n => n == 0 ? throw new InvalidDataException() : n).Recover(_ => new Option<int>(-1))));

    [Fact]
    public async Task Recover_lets_a_failure_pass_for_which_it_has_nothing()
    {
        var cause = new InvalidDataException("broken");

        Assert.Same(cause, await FailureOf(Source.Failed<int>(cause).Recover(_ => Option<int>.None)));
    }

    [Fact]
    public async Task SelectError_replaces_the_failure()
    {
        var other = new InvalidDataException("other");

        Assert.Same(other, await FailureOf(Source.Failed<int>(new InvalidOperationException()).SelectError(_ => other)));
    }

    [Fact]
    public async Task RecoverWithRetries_goes_on_with_the_other_source() =>
        Assert.Equal([1, 8, 9], await Elements(
            Source.From([1, 0]).Select(n => n == 0 ? throw new InvalidDataException() : n).RecoverWithRetries(_ => Source.From([8, 9]), 1)));

    [Fact]
    public async Task RecoverWithRetries_fails_when_its_attempts_are_used_up()
    {
        var attempts = 0;
        var failure = await FailureOf(Source.Failed<int>(new InvalidOperationException()).RecoverWithRetries(
            _ => Source.Failed<int>(new InvalidDataException($"attempt {++attempts}")), 3));

        Assert.Equal("attempt 3", failure.Message);

        // Asked once more about the last failure, for nothing.
        Assert.Equal(4, attempts);
    }

    [Fact]
    public void RecoverWithRetries_refuses_fewer_attempts_than_none() =>
        Assert.Throws<ArgumentException>(() => Source.Empty<int>().RecoverWithRetries(_ => Source.Empty<int>(), -2));

    [Fact]
    public async Task SelectAsync_keeps_the_order_whatever_finishes_first()
    {
        var tasks = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        var result = Elements(Source.From(Enumerable.Range(0, 3)).SelectAsync(3, n => tasks[n].Task));

        tasks[2].SetResult(30);
        tasks[1].SetResult(20);
        tasks[0].SetResult(10);

        Assert.Equal([10, 20, 30], await result);
    }

    [Fact]
    public async Task SelectAsync_runs_no_more_at_a_time_than_allowed()
    {
        var running = 0;
        var most = 0;
        await Elements(Source.From(Numbers(50)).SelectAsync(4, async n =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return n;
        }));

        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task SelectAsync_fails_with_the_failure_of_a_task()
    {
        var cause = new InvalidDataException("broken");

        Assert.Same(cause, await FailureOf(Source.Single(1).SelectAsync(1, _ => Task.FromException<int>(cause))));
    }

    [Fact]
    public async Task SelectAsyncUnordered_emits_what_is_ready()
    {
        var slow = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = Source.From(Numbers(2))
            .SelectAsyncUnordered(2, n => n == 1 ? slow.Task : Task.FromResult(n))
            .Select(n =>
            {
                first.TrySetResult(n);
                return n;
            })
            .RunWith(Sink.Seq<int>(), Materializer);

        Assert.Equal(2, await first.Task.WaitAsync(Patience));
        slow.SetResult(1);
        Assert.Equal([2, 1], await result.WaitAsync(Patience));
    }
}
