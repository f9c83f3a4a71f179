using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Own;

/// <summary>
/// Where our logging obeys its level more strictly: a logger asks its bus each time. Akka.NET's asks once, when it is made, and
/// <c>ActorSystem.Log</c> is made before the level is known, so there it publishes at every level.
/// </summary>
public class LoggingBeyondAkkaSpec() : ActorSpec("akka.loglevel = INFO")
{
    [Fact]
    public void The_log_of_the_system_has_its_level() => Assert.False(Sys.Log.IsDebugEnabled);

    [Fact]
    public void The_log_of_the_system_publishes_nothing_at_a_level_that_is_off()
    {
        var logged = Listen<LogEvent>();
        Sys.Log.Debug("off");
        Sys.Log.Warning("on");
        Assert.Equal("on", logged.FishForMessage<LogEvent>(log => log.Message.ToString() is "on" or "off").Message.ToString());
    }
}
