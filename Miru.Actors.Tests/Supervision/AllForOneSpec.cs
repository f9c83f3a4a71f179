using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Supervision;

/// <summary>All children share the fate of the one that fails.</summary>
public class AllForOneSpec : ActorSpec
{
    private static AllForOneStrategy Always(Directive directive) => new(_ => directive);

    [Fact]
    public void Restarts_every_child()
    {
        var children = StartUnder(Always(Directive.Restart), Counter, Counter, Counter);
        foreach (var child in children) Count(child, 1);
        children[1].Tell(new Boom());
        Settle(children[1]);
        foreach (var child in children) AwaitRestart(child);
    }

    [Fact]
    public void Gives_a_sibling_the_cause_but_no_message()
    {
        var boom = new Boom();
        var children = StartUnder(Always(Directive.Restart), EchoOrFail, a => a.Restarting = (cause, message) => TestActor.Tell((cause, message)));
        Settle(children[1]);
        children[0].Tell(boom);
        ExpectMsg<(Exception, object)>(failure => failure.Item1 == boom && failure.Item2 is null);
    }

    [Fact]
    public void Keeps_the_mailboxes_of_the_siblings()
    {
        var gate = new Gate();
        var restarted = CreateTestProbe();
        var children = StartUnder(Always(Directive.Restart), EchoOrFail, a =>
        {
            a.Restarted = _ => restarted.Ref.Tell("restarted");
            a.On<string>(text =>
            {
                if (text == "hold") gate.Pass();
                else a.Sender.Tell(text);
            });
        });
        children[1].Tell("hold");
        children[1].Tell("kept", TestActor);
        gate.AwaitArrival();
        children[0].Tell(new Boom());
        children[0].Tell("again", TestActor);
        ExpectMsg("again");
        gate.Open();
        restarted.ExpectMsg("restarted");
        ExpectMsg("kept");
    }

    [Fact]
    public void Stops_every_child()
    {
        var children = StartUnder(Always(Directive.Stop), EchoOrFail, Echo, Echo);
        var probes = children.Select(_ => CreateTestProbe()).ToList();
        foreach (var (probe, child) in probes.Zip(children)) probe.Watch(child);
        children[0].Tell(new Boom());
        foreach (var (probe, child) in probes.Zip(children)) probe.ExpectTerminated(child);
    }

    [Fact]
    public void Resumes_only_the_one_that_failed()
    {
        var children = StartUnder(Always(Directive.Resume), Counter, Counter);
        foreach (var child in children) Count(child, 1);
        children[0].Tell(new Boom());
        foreach (var child in children) Count(child, 2);
    }

    [Fact]
    public void Lets_siblings_that_fail_at_the_same_time_run_again()
    {
        var gate = new Gate();
        var children = StartUnder(Always(Directive.Restart), FailBehind(gate), FailBehind(gate), FailBehind(gate));
        foreach (var child in children) child.Tell(new Boom());
        gate.AwaitArrival();
        gate.Open();
        foreach (var child in children)
        {
            child.Tell("alive", TestActor);
            ExpectMsg("alive");
        }
    }

    private static Action<Scripted> FailBehind(Gate gate) => a =>
    {
        a.On<Exception>(cause =>
        {
            gate.Pass();
            throw cause;
        });
        Echo(a);
    };

    private static void Counter(Scripted actor)
    {
        var count = 0;
        actor.On<Exception>(Throw);
        actor.On<string>(_ => actor.Sender.Tell(++count));
    }

    private void Count(IActorRef child, int expected)
    {
        child.Tell("count", TestActor);
        ExpectMsg(expected);
    }

    // The siblings are restarted after the failing child goes on, so their restart is waited for: the count falls back to 1.
    private void AwaitRestart(IActorRef child)
    {
        child.Tell("count", TestActor);
        FishForMessage<int>(count =>
        {
            if (count != 1) child.Tell("count", TestActor);
            return count == 1;
        });
    }
}
