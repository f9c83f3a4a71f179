using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>
/// A test with an actor system and a test actor: what is sent to the test actor can be expected. The parts of this class, by what they do:
/// receiving, expecting, expecting from a sender, waiting for a condition, bounding time, making actors.
/// Time here is real time, whatever scheduler the system has.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private static int _testActorNumber;

    private readonly ITestKitAssertions _assertions;
    private TestInbox _inbox;
    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    /// <summary>A test in <paramref name="system"/>, or in a new one if that is null.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system = null, string testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    /// <summary>A test in a new system made with <paramref name="setup"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    /// <summary>A test in a new system with <paramref name="config"/> over the test kit's defaults.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string actorSystemName = null, string testActorName = null)
        : this(assertions, null, ActorSystemSetup.Empty.And(BootstrapSetup.Create().WithConfig(config)), actorSystemName, testActorName)
    {
    }

    /// <summary>All that the others come down to.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        _assertions = assertions ?? throw new ArgumentNullException(nameof(assertions), "The supplied assertions must not be null.");
        InitializeTest(system, config, actorSystemName, testActorName);
    }

    /// <summary>The settings that a system made for a test starts from.</summary>
    public static Config DefaultConfig => TestKitConfig.Default;

    /// <summary>Settings that log all that happens to actors.</summary>
    public static Config FullDebugConfig => TestKitConfig.FullDebug;

    /// <summary>The system under test.</summary>
    public ActorSystem Sys { get; private set; }

    /// <summary>The actor that stands for the test, and the sender of what the test tells others.</summary>
    public IActorRef TestActor { get; private set; }

    /// <summary>How patient this test is.</summary>
    public TestKitSettings TestKitSettings { get; private set; }

    /// <summary>A log for the test itself.</summary>
    public ILoggingAdapter Log { get; private set; }

    /// <summary>Expects and mutes log events.</summary>
    public EventFilterFactory EventFilter { get; private set; }

    /// <summary>How this test fails.</summary>
    internal ITestKitAssertions Assertions => _assertions;

    /// <summary>Whether a message waits.</summary>
    public bool HasMessages => _inbox.HasMessages;

    /// <summary>The last message that an expectation took.</summary>
    /// <exception cref="IllegalActorStateException">None did yet, or the last one got nothing.</exception>
    public object LastMessage => _last.Message;

    /// <summary>Who sent <see cref="LastMessage"/>.</summary>
    public IActorRef LastSender => _last.Sender;

    /// <summary>Log event filters for another system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Lets a pilot handle the messages of the test actor as they arrive.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActor.SetAutoPilot(pilot));

    /// <summary>Hides messages from the test.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(message => shouldIgnoreMessage(message)));

    /// <summary>Hides messages of one type from the test.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages<TMsg>(_ => true);

    /// <summary>Hides messages of one type from the test.</summary>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) => IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    /// <summary>Shows all messages again.</summary>
    public void IgnoreNoMessages() => TestActor.Tell(new TestActor.SetIgnore(null));

    /// <summary>Lets the test actor watch another; its end arrives as <see cref="Terminated"/>.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new TestActor.Watch(actorToWatch));
        return actorToWatch;
    }

    /// <summary>Lets the test actor watch another no longer.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new TestActor.Unwatch(actorToUnwatch));
        return actorToUnwatch;
    }

    /// <summary>Ends the system under test.</summary>
    /// <exception cref="TimeoutException">It did not end in time, and <paramref name="verifySystemShutdown"/> was asked for.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) => Shutdown(Sys, duration, verifySystemShutdown);

    /// <summary>Ends <paramref name="system"/>.</summary>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        system ??= Sys;
        var patience = duration ?? Min(Dilated(TimeSpan.FromSeconds(5)), TimeSpan.FromSeconds(10));
        if (system.Terminate().Wait(patience)) return;
        var complaint = $"Failed to stop [{system.Name}] within [{patience}]";
        if (verifySystemShutdown) throw new TimeoutException(complaint);
        system.Log.Warning(complaint);
    }

    /// <summary>Makes the system if none is given, the test actor, and everything else a test has from the start.</summary>
    protected virtual void InitializeTest(ActorSystem system, ActorSystemSetup config, string actorSystemName, string testActorName)
    {
        Sys = system ?? ActorSystem.Create(actorSystemName ?? "test", TestKitConfig.Complete(config));
        TestEventListener.AwaitReady(Sys);
        TestKitSettings = (TestKitSettings)Sys.RegisterExtension(new TestKitExtension());
        Log = Logging.GetLogger(Sys, GetType());
        EventFilter = new EventFilterFactory(this);
        _inbox = new TestInbox();
        TestActor = CreateTestActor(_inbox, testActorName ?? $"testActor{Interlocked.Increment(ref _testActorNumber)}");
        if (this is not INoImplicitSender) ImplicitSender.Become(TestActor);
    }

    /// <summary>Another test actor, whose messages go nowhere.</summary>
    public IActorRef CreateTestActor(string name) => CreateTestActor(new TestInbox(), name);

    private IActorRef CreateTestActor(TestInbox inbox, string name) =>
        ((ExtendedActorSystem)Sys).SystemActorOf(Props.Create(() => new InternalTestActor(inbox)), name);
}
