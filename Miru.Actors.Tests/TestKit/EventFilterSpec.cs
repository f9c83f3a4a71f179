using Akka.Actor;
using Akka.Event;
using Akka.TestKit.TestActors;
using Xunit;
using Xunit.Sdk;

namespace Miru.Actors.Tests.TestKit;

/// <summary>Expecting and muting log events.</summary>
public class EventFilterSpec() : Akka.TestKit.Xunit2.TestKit("akka.loglevel = DEBUG, akka.test.filter-leeway = 3s")
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Passes_when_an_expected_event_is_logged() =>
        EventFilter.Warning("watch out").ExpectOne(() => Log.Warning("watch out"));

    [Fact]
    public void Fails_when_an_expected_event_is_not_logged() =>
        Assert.ThrowsAny<XunitException>(() => EventFilter.Warning("watch out").ExpectOne(Short, () => Log.Warning("something else")));

    [Fact]
    public void Fails_when_too_many_events_are_logged() =>
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info(contains: "tick").Expect(1, Short, () =>
        {
            Log.Info("tick");
            Log.Info("tick");
            EventFilter.Info("fence").ExpectOne(() => Log.Info("fence"));
        }));

    [Fact]
    public void Matches_text_at_its_start_or_anywhere_and_by_pattern()
    {
        EventFilter.Debug(start: "Hello").ExpectOne(() => Log.Debug("Hello {0}", "world"));
        EventFilter.Info(contains: "lo wo").ExpectOne(() => Log.Info("Hello {0}", "world"));
        EventFilter.Error(new System.Text.RegularExpressions.Regex("w.rld$")).ExpectOne(() => Log.Error("Hello {0}", "world"));
    }

    [Fact]
    public void Distinguishes_levels() =>
        Assert.ThrowsAny<XunitException>(() => EventFilter.Error().ExpectOne(Short, () => Log.Warning("only a warning")));

    [Fact]
    public void Passes_when_a_failing_actor_logs_its_exception()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Failing()));
        EventFilter.Exception<InvalidOperationException>("on purpose").ExpectOne(() => actor.Tell("fail"));
        EventFilter.Exception<Exception>(contains: "purpose", source: actor.Path.ToString()).ExpectOne(() => actor.Tell("fail"));
    }

    [Fact]
    public void Passes_when_a_dead_letter_is_expected()
    {
        var actor = Sys.ActorOf<BlackHoleActor>();
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        EventFilter.DeadLetter<string>(text => text == "too late").ExpectOne(() => actor.Tell("too late"));
    }

    [Fact]
    public void Expects_events_of_any_of_several_filters() =>
        EventFilter.Info("one").And.Warning("two").Expect(2, () =>
        {
            Log.Info("one");
            Log.Warning("two");
        });

    [Fact]
    public async Task Expects_events_of_asynchronous_code() =>
        await EventFilter.Info("later").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Log.Info("later");
        });

    [Fact]
    public void Shows_muted_events_again_when_told_so()
    {
        var muted = EventFilter.Warning().Mute();
        muted.Unmute();
        EventFilter.Warning("seen").ExpectOne(() => Log.Warning("seen"));
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new InvalidOperationException("on purpose"));
    }
}
