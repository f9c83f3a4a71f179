using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Async;

/// <summary>A handler that awaits: no other message until it is done, but the supervisor still reaches the actor.</summary>
public class ReceiveAsyncSpec : ActorSpec
{
    private readonly TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public void Handles_the_next_message_after_the_awaited_one()
    {
        var actor = Start(a =>
        {
            a.OnAsync<string>(async text =>
            {
                TestActor.Tell(text + " begins");
                await _work.Task;
                TestActor.Tell(text + " ends");
            });
            a.On<int>(number => TestActor.Tell(number));
        });
        actor.Tell("work");
        actor.Tell(1);
        ExpectMsg("work begins");
        ExpectNoMsg(Silence);
        _work.SetResult();
        ExpectMsg("work ends");
        ExpectMsg(1);
    }

    [Fact]
    public void Keeps_the_order_of_many_awaited_messages()
    {
        var actor = Start(a => a.OnAsync<int>(async number =>
        {
            await Task.Yield();
            a.Sender.Tell(number);
        }));
        for (var i = 0; i < 100; i++) actor.Tell(i, TestActor);
        for (var i = 0; i < 100; i++) ExpectMsg(i);
    }

    [Fact]
    public void Is_still_the_actor_after_an_await()
    {
        var actor = Start(a => a.OnAsync<string>(async _ =>
        {
            var before = (a.Self, a.Sender, a.Context.Self);
            await Task.Yield();
            TestActor.Tell(before == (a.Self, a.Sender, a.Context.Self));
            TestActor.Tell("implicitly");
        }));
        actor.Tell("work", TestActor);
        ExpectMsg(true);
        ExpectMsgFrom<string>(actor);
    }

    [Fact]
    public void Never_runs_two_continuations_at_once()
    {
        var inside = 0;
        var most = 0;
        var actor = Start(a => a.OnAsync<int>(async _ =>
        {
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Step()));
            a.Sender.Tell(most);
        }));
        actor.Tell(1, TestActor);
        ExpectMsg(1);

        async Task Step()
        {
            await Task.Yield();
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Interlocked.Decrement(ref inside);
        }
    }

    [Fact]
    public void Is_stopped_at_once_and_neither_continuation_nor_finally_ever_runs()
    {
        var actor = Start(a =>
        {
            a.OnAsync<string>(async _ =>
            {
                try
                {
                    TestActor.Tell("begins");
                    await _work.Task;
                    TestActor.Tell("continuation");
                }
                finally
                {
                    TestActor.Tell("finally");
                }
            });
            a.Stopped = () => TestActor.Tell("stopped");
        });
        Watch(actor);
        actor.Tell("work");
        ExpectMsg("begins");
        Sys.Stop(actor);
        ExpectMsg("stopped");
        ExpectTerminated(actor);
        _work.SetResult();
        ExpectNoMsg(Silence);
    }

    [Fact]
    public void Runs_outside_of_the_actor_after_an_await_that_does_not_capture_its_context()
    {
        // On threads of the pool a test kit may have left its own actor behind, so the work ends on a new thread.
        var dispatcher = UseManualDispatcher();
        var work = new TaskCompletionSource();
        var actor = StartOn("manual", a => a.OnAsync<string>(async _ =>
        {
            await work.Task.ConfigureAwait(false);
            TestActor.Tell(Record.Exception(() => a.Context.Self), ActorRefs.NoSender);
        }));
        actor.Tell("work");
        dispatcher.RunAll();
        new Thread(work.SetResult).Start();
        ExpectMsg<NotSupportedException>();
    }

    [Fact]
    public void Runs_its_continuation_even_after_a_stop_when_it_does_not_capture_its_context()
    {
        var actor = Start(a => a.OnAsync<string>(async _ =>
        {
            TestActor.Tell("begins");
            await _work.Task.ConfigureAwait(false);
            TestActor.Tell("continuation");
        }));
        actor.Tell("work");
        ExpectMsg("begins");
        Sys.Stop(actor);
        AwaitDeath(actor);
        _work.SetResult();
        ExpectMsg("continuation");
    }

    [Fact]
    public void Lets_a_pill_wait_for_its_end()
    {
        var actor = Start(a =>
        {
            a.OnAsync<string>(async _ =>
            {
                await _work.Task;
                TestActor.Tell("done");
            });
            a.Stopped = () => TestActor.Tell("stopped");
        });
        actor.Tell("work");
        actor.Tell(PoisonPill.Instance);
        ExpectNoMsg(Silence);
        _work.SetResult();
        ExpectMsg("done");
        ExpectMsg("stopped");
    }

    [Fact]
    public void Lets_the_death_of_another_wait_for_its_end()
    {
        var watched = Start(Echo);
        var watcher = Start(a =>
        {
            a.Context.Watch(watched);
            a.OnAsync<string>(async _ =>
            {
                await _work.Task;
                TestActor.Tell("done");
            });
            a.On<Terminated>(_ => TestActor.Tell("terminated"));
        });
        Settle(watcher);
        watcher.Tell("work");
        Sys.Stop(watched);
        AwaitDeath(watched);
        _work.SetResult();
        ExpectMsg("done");
        ExpectMsg("terminated");
    }

    [Fact]
    public void Runs_a_handler_that_completes_at_once_like_any_other()
    {
        var actor = Start(a =>
        {
            a.OnAsync<string>(text =>
            {
                TestActor.Tell(text);
                return Task.CompletedTask;
            });
            a.On<int>(number => TestActor.Tell(number));
        });
        for (var i = 0; i < 100; i++)
        {
            actor.Tell("awaited");
            actor.Tell(i);
            ExpectMsg("awaited");
            ExpectMsg(i);
        }
    }

    [Fact]
    public void Can_put_the_message_aside_before_it_awaits()
    {
        var actor = StartWithStash(a => a.OnAsync<string>(async text =>
        {
            a.Stash.Stash();
            a.Become(() => a.OnAny(TestActor.Tell));
            await Task.Yield();
            a.Stash.UnstashAll();
        }));
        actor.Tell("stashed");
        ExpectMsg("stashed");
    }

    [Fact]
    public void Works_for_actors_without_a_table_of_handlers()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Runner(_work.Task)));
        actor.Tell("work", TestActor);
        actor.Tell("next", TestActor);
        ExpectNoMsg(Silence);
        _work.SetResult();
        ExpectMsg("work");
        ExpectMsg("next");
    }

    [Fact]
    public void Can_be_chosen_by_become()
    {
        var actor = Start(a => a.On<string>(_ => a.Become(() => a.OnAsync<int>(async number =>
        {
            await Task.Yield();
            a.Sender.Tell(number);
        }))));
        actor.Tell("become");
        actor.Tell(1, TestActor);
        ExpectMsg(1);
    }

    private sealed class Runner(Task work) : UntypedActor
    {
        protected override void OnReceive(object message) => RunTask(async () =>
        {
            await work;
            Sender.Tell(message);
        });
    }
}
