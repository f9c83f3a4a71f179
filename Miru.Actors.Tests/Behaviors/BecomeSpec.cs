using Akka.Actor;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Behaviors;

/// <summary>Behaviours replaced and stacked.</summary>
public class BecomeSpec : ActorSpec
{
    [Fact]
    public void Applies_to_the_next_message()
    {
        var actor = Start(a => a.OnAny(_ =>
        {
            a.Become(() => a.OnAny(_ => a.Sender.Tell("new")));
            a.Sender.Tell("old");
        }));
        actor.Tell(1, TestActor);
        actor.Tell(2, TestActor);
        ExpectMsg("old");
        ExpectMsg("new");
    }

    [Fact]
    public void Forgets_the_handlers_of_before()
    {
        var unhandled = Listen<Akka.Event.UnhandledMessage>();
        var actor = Start(a =>
        {
            a.On<string>(_ => a.Become(() => a.On<int>(number => a.Sender.Tell(number))));
            a.On<long>(number => a.Sender.Tell(number));
        });
        actor.Tell("become");
        actor.Tell(1L, TestActor);
        actor.Tell(2, TestActor);
        ExpectMsg(2);
        Assert.Equal(1L, unhandled.ExpectMsg<Akka.Event.UnhandledMessage>().Message);
    }

    [Fact]
    public void Can_stack_a_behaviour_and_take_it_off()
    {
        var actor = Start(a => Level(a, 0));
        Step(actor, "level", 0);
        Step(actor, "push", 0);
        Step(actor, "push", 1);
        Step(actor, "level", 2);
        Step(actor, "pop", 2);
        Step(actor, "level", 1);
        Step(actor, "pop", 1);
        Step(actor, "level", 0);
    }

    [Fact]
    public void Keeps_the_first_behaviour_however_often_one_is_taken_off()
    {
        var actor = Start(a => Level(a, 0));
        Step(actor, "pop", 0);
        Step(actor, "pop", 0);
        Step(actor, "level", 0);
    }

    [Fact]
    public void Replaces_only_the_topmost_behaviour()
    {
        var actor = Start(a => Level(a, 0));
        Step(actor, "push", 0);
        Step(actor, "replace", 1);
        Step(actor, "level", 10);
        Step(actor, "pop", 10);
        Step(actor, "level", 0);
    }

    [Fact]
    public void Is_undone_by_a_restart()
    {
        var actor = Start(a =>
        {
            a.On<Exception>(Throw);
            a.On<string>(text =>
            {
                if (text == "become") a.Become(Changed);
                else a.Sender.Tell("original");
            });

            void Changed()
            {
                a.On<Exception>(Throw);
                a.OnAny(_ => a.Sender.Tell("changed"));
            }
        });
        actor.Tell("become");
        actor.Tell("which", TestActor);
        ExpectMsg("changed");
        actor.Tell(new Boom());
        actor.Tell("which", TestActor);
        ExpectMsg("original");
    }

    [Fact]
    public void Keeps_a_stacked_behaviour_over_a_resume()
    {
        var actor = StartUnder(new OneForOneStrategy(_ => Directive.Resume), a => a.On<string>(_ => a.Become(() =>
        {
            a.On<Exception>(Throw);
            a.OnAny(_ => a.Sender.Tell("changed"));
        })))[0];
        actor.Tell("become");
        actor.Tell(new Boom());
        actor.Tell("which", TestActor);
        ExpectMsg("changed");
    }

    [Fact]
    public void Can_be_chosen_in_the_constructor()
    {
        var actor = Start(a => a.Become(() => Echo(a)));
        actor.Tell("question", TestActor);
        ExpectMsg("question");
    }

    [Fact]
    public void Works_for_actors_without_a_table_of_handlers()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Toggle()));
        foreach (var expected in new[] { "off", "on", "off", "on" })
        {
            actor.Tell("toggle", TestActor);
            ExpectMsg(expected);
        }
    }

    private static void Level(Scripted a, int level)
    {
        a.On<string>(command =>
        {
            a.Sender.Tell(level);
            if (command == "push") a.BecomeStacked(() => Level(a, level + 1));
            else if (command == "pop") a.UnbecomeStacked();
            else if (command == "replace") a.Become(() => Level(a, 10 * level));
        });
    }

    private void Step(IActorRef actor, string command, int expected)
    {
        actor.Tell(command, TestActor);
        ExpectMsg(expected);
    }

    private sealed class Toggle : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Sender.Tell("off");
            BecomeStacked(On);
        }

        private void On(object message)
        {
            Sender.Tell("on");
            UnbecomeStacked();
        }
    }
}
