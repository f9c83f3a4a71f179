using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Async;

/// <summary>A failure after an await is a failure of the actor like any other.</summary>
public class AsyncFailureSpec : ActorSpec
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restarts_the_actor_and_keeps_its_mailbox(bool afterAwait)
    {
        var actor = Start(a =>
        {
            TestActor.Tell("constructed");
            a.OnAsync<Exception>(async cause =>
            {
                if (afterAwait) await Task.Yield();
                throw cause;
            });
            a.On<string>(TestActor.Tell);
        });
        actor.Tell(new Boom());
        actor.Tell("kept");
        ExpectMsg("constructed");
        ExpectMsg("constructed");
        ExpectMsg("kept");
    }

    [Fact]
    public void Tells_PreRestart_the_message_whose_handler_failed()
    {
        var actor = Start(a =>
        {
            a.OnAsync<string>(async _ =>
            {
                await Task.Yield();
                throw new Boom();
            });
            a.Restarting = (cause, message) => TestActor.Tell((cause is Boom, message));
        });
        actor.Tell("trigger");
        ExpectMsg((true, (object)"trigger"));
    }

    [Fact]
    public void Is_judged_by_the_supervisor()
    {
        var child = StartUnder(new OneForOneStrategy(_ => Directive.Resume), a =>
        {
            var count = 0;
            a.OnAsync<Exception>(async cause =>
            {
                await Task.Yield();
                throw cause;
            });
            a.On<string>(_ => a.Sender.Tell(++count));
        })[0];
        child.Tell("count", TestActor);
        child.Tell(new Boom());
        child.Tell("count", TestActor);
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void Includes_a_cancelled_task()
    {
        var child = StartUnder(new OneForOneStrategy(cause =>
        {
            TestActor.Tell(cause);
            return Directive.Resume;
        }), a => a.OnAsync<string>(async _ => await Task.FromCanceled(new CancellationToken(true))))[0];
        child.Tell("work");
        ExpectMsg<TaskCanceledException>();
    }

    [Fact]
    public void Ends_an_awaiting_child_when_its_parent_is_restarted()
    {
        var work = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = Start(a =>
        {
            a.On<Exception>(Throw);
            var child = a.Spawn(c =>
            {
                c.OnAsync<string>(async _ =>
                {
                    TestActor.Tell("awaiting");
                    await work.Task;
                    TestActor.Tell("never");
                });
                c.Stopped = () => TestActor.Tell("child stopped");
            });
            a.On<string>(child.Forward);
        });
        parent.Tell("work");
        ExpectMsg("awaiting");
        parent.Tell(new Boom());
        ExpectMsg("child stopped");
        work.SetResult();
        ExpectNoMsg(Silence);
    }
}
