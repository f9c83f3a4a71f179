using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>How often a child may be restarted before its supervisor gives up.</summary>
public class RetrySpec : ActorSpec
{
    [Fact]
    public void Stops_a_child_that_fails_more_often_than_allowed()
    {
        var child = StartUnder(Restarting(2, null), EchoOrFail)[0];
        Watch(child);
        for (var i = 0; i < 2; i++) Fail(child);
        child.Tell(new Boom());
        ExpectTerminated(child);
    }

    [Fact]
    public void Never_restarts_when_no_retry_is_allowed()
    {
        var child = StartUnder(Restarting(0, null), EchoOrFail)[0];
        Watch(child);
        child.Tell(new Boom());
        ExpectTerminated(child);
    }

    [Fact]
    public void Restarts_without_end_when_no_limit_is_given()
    {
        var child = StartUnder(new OneForOneStrategy(_ => Directive.Restart), EchoOrFail)[0];
        for (var i = 0; i < 50; i++) Fail(child);
    }

    [Fact]
    public void Counts_within_the_window()
    {
        var child = StartUnder(Restarting(2, TimeSpan.FromMinutes(1)), EchoOrFail)[0];
        Watch(child);
        for (var i = 0; i < 2; i++) Fail(child);
        child.Tell(new Boom());
        ExpectTerminated(child);
    }

    [Fact]
    public void Forgets_failures_that_are_older_than_the_window()
    {
        var child = StartUnder(Restarting(1, TimeSpan.FromMilliseconds(50)), EchoOrFail)[0];
        for (var i = 0; i < 3; i++)
        {
            Fail(child);
            ExpectNoMsg(Silence);
        }
    }

    [Fact]
    public void Counts_each_child_of_its_own()
    {
        var children = StartUnder(Restarting(1, null), EchoOrFail, EchoOrFail);
        Fail(children[0]);
        Fail(children[1]);
    }

    [Fact]
    public void Does_not_count_what_is_resumed()
    {
        var strategy = new OneForOneStrategy(1, (TimeSpan?)null, cause => cause is Boom ? Directive.Restart : Directive.Resume);
        var child = StartUnder(strategy, EchoOrFail)[0];
        for (var i = 0; i < 5; i++) child.Tell(new ArgumentException());
        Fail(child);
    }

    [Fact]
    public void Stops_all_children_of_one_for_all_when_the_limit_is_exceeded()
    {
        var strategy = new AllForOneStrategy(1, TimeSpan.FromMinutes(1), _ => Directive.Restart);
        var children = StartUnder(strategy, EchoOrFail, EchoOrFail);
        var probes = children.Select(child =>
        {
            var probe = CreateTestProbe();
            probe.Watch(child);
            return probe;
        }).ToList();
        Fail(children[0]);
        children[0].Tell(new Boom());
        foreach (var (probe, child) in probes.Zip(children)) probe.ExpectTerminated(child);
    }

    private static OneForOneStrategy Restarting(int retries, TimeSpan? window) => new(retries, window, _ => Directive.Restart);

    private void Fail(IActorRef child)
    {
        child.Tell(new Boom());
        child.Tell("alive", TestActor);
        ExpectMsg("alive");
    }
}
