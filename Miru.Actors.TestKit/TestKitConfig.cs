using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The settings of a system made for a test.</summary>
internal static class TestKitConfig
{
    public static readonly Config Default = ConfigurationFactory.ParseString("""
        akka {
          loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]
          test {
            # By how much all explicit times are stretched, for slow machines.
            timefactor = 1.0
            # How long an event filter waits for late events.
            filter-leeway = 3s
            # How long an expectation waits that is not bounded otherwise.
            single-expect-default = 3s
            default-timeout = 5s
          }
        }
        """);

    public static readonly Config FullDebug = ConfigurationFactory.ParseString("""
        akka {
          loglevel = DEBUG
          actor.debug {
            receive = on
            autoreceive = on
            lifecycle = on
            event-stream = on
            unhandled = on
          }
        }
        """);

    /// <summary><paramref name="setup"/> with the test kit's defaults under whatever configuration it brings.</summary>
    public static ActorSystemSetup Complete(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var start = bootstrap.HasValue ? bootstrap.Value : BootstrapSetup.Create();
        var config = start.Config.HasValue ? start.Config.Value.WithFallback(Default) : Default;
        return setup.And(start.WithConfig(config));
    }
}
