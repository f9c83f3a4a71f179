using System.Threading.Channels;
using Akka.Actor;

namespace Miru.Actors.Tests.Actor;

/// <summary>A system per test, and a channel for what actors have to report. Only Akka.NET's public API is used.</summary>
public abstract class ActorTest : IAsyncLifetime
{
    private readonly Channel<object> _reports = Channel.CreateUnbounded<object>();

    protected ActorSystem System { get; private set; }

    /// <summary>A patience that only a broken runtime exhausts.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    protected virtual string Settings => "akka { loggers = [], log-dead-letters = off }";

    public Task InitializeAsync()
    {
        System = ActorSystem.Create("test", Akka.Configuration.ConfigurationFactory.ParseString(Settings));
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => System.Terminate().WaitAsync(Patience);

    /// <summary>Reports from inside an actor.</summary>
    protected void Report(object what) => _reports.Writer.TryWrite(what);

    protected async Task<object> NextAsync() => await _reports.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    protected async Task ExpectAsync(params object[] expected)
    {
        foreach (var one in expected) Assert.Equal(one, await NextAsync());
    }

    protected IActorRef Reporter() => System.ActorOf(Props.Create(() => new Reporting(Report)));

    /// <summary>Tells the test whatever it is told.</summary>
    private sealed class Reporting : ReceiveActor
    {
        public Reporting(Action<object> report) => ReceiveAny(report);
    }
}
