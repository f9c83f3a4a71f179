using Akka.Actor;

namespace Miru.Actors.Tests.Doubles;

/// <summary>A scripted actor with timers; they exist from PreStart on.</summary>
public sealed class ScriptedWithTimers(Action<ScriptedWithTimers> script) : Scripted(self => script((ScriptedWithTimers)self)), IWithTimers
{
    public ITimerScheduler Timers { get; set; }
}
