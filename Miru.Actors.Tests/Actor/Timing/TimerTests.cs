using Akka.Actor;

namespace Miru.Actors.Tests.Actor.Timing;

public sealed class TimerTests : ActorTest
{
    [Fact]
    public async Task Tells_once_and_is_then_inactive()
    {
        System.ActorOf(Props.Create(() => new Timed(Report)));
        await ExpectAsync("tick", false);
    }

    [Fact]
    public async Task Tells_a_receive_timeout_when_nothing_comes()
    {
        System.ActorOf(Props.Create(() => new Impatient(Report)));
        Assert.IsType<ReceiveTimeout>(await NextAsync());
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(Action<object> report) => Receive<string>(text =>
        {
            report(text);
            report(Timers.IsTimerActive("key"));
        });

        public ITimerScheduler Timers { get; set; }

        protected override void PreStart() => Timers.StartSingleTimer("key", "tick", TimeSpan.FromMilliseconds(20));
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(Action<object> report)
        {
            SetReceiveTimeout(TimeSpan.FromMilliseconds(20));
            Receive<ReceiveTimeout>(timeout =>
            {
                SetReceiveTimeout(null);
                report(timeout);
            });
        }
    }
}
