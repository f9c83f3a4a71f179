using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.Xunit2.Internals;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2;

/// <summary>The base of a test class of xunit 2 that tests actors. Every test has a system of its own, which ends with it.</summary>
public class TestKit : TestKitBase, IDisposable
{
    /// <summary>Where the test writes to; null if nowhere.</summary>
    protected readonly ITestOutputHelper Output;

    private bool _disposed;

    /// <summary>A test in <paramref name="system"/>, or in a new one if that is null. Logs go to <paramref name="output"/> as well.</summary>
    public TestKit(ActorSystem system = null, ITestOutputHelper output = null) : base(Assertions, system)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>A test in a new system made with <paramref name="config"/>.</summary>
    public TestKit(ActorSystemSetup config, string actorSystemName = null, ITestOutputHelper output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>A test in a new system with <paramref name="config"/> over the test kit's defaults.</summary>
    public TestKit(Config config, string actorSystemName = null, ITestOutputHelper output = null) : base(Assertions, config, actorSystemName)
    {
        Output = output;
        InitializeLogger(Sys);
    }

    /// <summary>A test in a new system with the parsed <paramref name="config"/> over the test kit's defaults.</summary>
    public TestKit(string config, ITestOutputHelper output = null) : this(ConfigurationFactory.ParseString(config), output: output)
    {
    }

    /// <summary>The settings that a system made for a test starts from.</summary>
    public new static Config DefaultConfig => TestKitBase.DefaultConfig;

    /// <summary>Settings that log all that happens to actors.</summary>
    public new static Config FullDebugConfig => TestKitBase.FullDebugConfig;

    /// <summary>How tests fail.</summary>
    protected new static XunitAssertions Assertions { get; } = new();

    /// <summary>Ends the test.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the test.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (_disposed) return;
        _disposed = true;
        AfterAll();
    }

    /// <summary>Runs when the test is over, and ends the system.</summary>
    protected virtual void AfterAll() => Shutdown();

    /// <summary>Lets <paramref name="system"/> log to the test's output.</summary>
    protected void InitializeLogger(ActorSystem system) => InitializeLogger(system, null);

    /// <summary>Lets <paramref name="system"/> log to the test's output, each line after <paramref name="prefix"/>.</summary>
    protected void InitializeLogger(ActorSystem system, string prefix)
    {
        if (Output is null) return;
        var output = string.IsNullOrEmpty(prefix) ? Output : new PrefixedOutput(Output, prefix);
        var logger = ((ExtendedActorSystem)system).SystemActorOf(Props.Create(() => new TestOutputLogger(output)), $"log-test-{prefix}".TrimEnd('-'));
        logger.Tell(new InitializeLogger(system.EventStream), ActorRefs.NoSender);
    }
}
