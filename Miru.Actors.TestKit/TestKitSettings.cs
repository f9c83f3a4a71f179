using Akka.Actor;
using Akka.Configuration;

namespace Akka.TestKit;

/// <summary>The section <c>akka.test</c>: how patient tests are.</summary>
public class TestKitSettings : IExtension
{
    /// <summary>Reads the section from a whole configuration.</summary>
    public TestKitSettings(Config config)
    {
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", TimeSpan.FromSeconds(5), allowInfinite: false);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", TimeSpan.FromSeconds(3), allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", 1);
        LogTestKitCalls = config.GetBoolean("akka.test.testkit.debug");
        if (TestTimeFactor <= 0) throw new ConfigurationException(@"Expected a positive value for ""akka.test.timefactor"" but found " + TestTimeFactor);
    }

    /// <summary>How long things take that are not said otherwise.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long an expectation waits that is not bounded otherwise.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>How long an event filter waits for late events.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>By how much all explicit times are stretched, for slow machines.</summary>
    public double TestTimeFactor { get; }

    /// <summary>Whether the test kit logs its own calls.</summary>
    public bool LogTestKitCalls { get; }
}
