using Akka.Actor;
using Akka.Event;
using Miru.Actors.Tests.Doubles;
using Xunit;

namespace Miru.Actors.Tests.Logs;

/// <summary>What actors log, and what is logged about them.</summary>
public class LoggingSpec() : ActorSpec("akka.loglevel = INFO")
{
    [Fact]
    public void Is_an_event_on_the_bus_with_source_and_text()
    {
        var logged = Listen<Info>();
        var actor = Start(a => a.On<string>(_ => a.Context.GetLogger().Info("{0} and {1}", "one", 2)), "logging");
        actor.Tell("log");
        var info = logged.FishForMessage<Info>(info => info.LogSource.Contains("/user/logging"));
        Assert.Equal("one and 2", info.Message.ToString());
        Assert.Equal(LogLevel.InfoLevel, info.LogLevel());
    }

    [Fact]
    public void Keeps_the_cause_of_an_error()
    {
        var logged = Listen<Error>();
        var boom = new Boom();
        Sys.Log.Error(boom, "it went {0}", "boom");
        var error = logged.FishForMessage<Error>(error => error.Cause == boom);
        Assert.Equal("it went boom", error.Message.ToString());
    }

    [Fact]
    public void Has_levels_of_which_the_lower_ones_are_off()
    {
        var log = Logging.GetLogger(Sys, "levels");
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsInfoEnabled);
        Assert.True(log.IsWarningEnabled);
        Assert.True(log.IsErrorEnabled);
        Assert.True(log.IsEnabled(LogLevel.WarningLevel));
    }

    [Fact]
    public void Publishes_nothing_at_a_level_that_is_off()
    {
        var logged = Listen<LogEvent>();
        var log = Logging.GetLogger(Sys, "levels");
        log.Debug("off");
        log.Warning("on");
        Assert.Equal("on", logged.FishForMessage<LogEvent>(log => log.Message.ToString() is "on" or "off").Message.ToString());
    }

    [Fact]
    public void Leaves_text_without_arguments_as_it_is()
    {
        var logged = Listen<Warning>();
        Sys.Log.Warning("{not a placeholder}");
        logged.FishForMessage<Warning>(warning => warning.Message.ToString() == "{not a placeholder}");
    }

    [Fact]
    public void Tells_of_a_failure_that_leads_to_a_restart()
    {
        var logged = Listen<Error>();
        var actor = Start(EchoOrFail);
        var boom = new Boom("why it failed");
        actor.Tell(boom);
        var error = logged.FishForMessage<Error>(error => error.Cause == boom);
        Assert.Contains(actor.Path.ToString(), error.LogSource);
        Assert.Contains("why it failed", error.Message.ToString());
    }

    [Fact]
    public void Tells_of_a_failing_PostStop()
    {
        var logged = Listen<Error>();
        var boom = new Boom();
        Sys.Stop(Start(a => a.Stopped = () => throw boom));
        logged.FishForMessage<Error>(error => error.Cause == boom);
    }

    [Fact]
    public void Tells_of_a_failing_PreRestart()
    {
        var logged = Listen<Error>();
        var actor = Start(a =>
        {
            a.On<Exception>(Throw);
            a.Restarting = (_, _) => throw new InvalidOperationException("in PreRestart");
        });
        actor.Tell(new Boom());
        logged.FishForMessage<Error>(error => error.Cause is PreRestartException);
    }

    [Fact]
    public void Can_be_switched_off_for_the_failures_of_children()
    {
        var logged = Listen<Error>();
        var child = StartUnder(new OneForOneStrategy(_ => Directive.Resume, loggingEnabled: false), EchoOrFail)[0];
        child.Tell(new Boom("secret"));
        Settle(child);
        Sys.Log.Error("fence");
        var texts = logged.ReceiveWhile<Error>(error => !error.Message.ToString().Contains("fence"), Silence, Silence).Select(error => error.Message.ToString());
        Assert.DoesNotContain(texts, text => text.Contains("secret"));
    }

    [Fact]
    public void Names_the_object_that_logs()
    {
        var logged = Listen<Info>();
        Logging.GetLogger(Sys, "my component").Info("here");
        logged.FishForMessage<Info>(info => info.LogSource.Contains("my component"));
    }
}
