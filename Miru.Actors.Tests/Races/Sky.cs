using Akka.Actor;

namespace Miru.Actors.Tests.Races;

/// <summary>Holds the roots of a storm, decides over them, and plants another for each that died; nothing happens to itself.</summary>
public sealed class Sky : UntypedActor
{
    private readonly Ledger _ledger;
    private readonly string _dispatcher;

    public Sky(Ledger ledger, string dispatcher, int roots)
    {
        _ledger = ledger;
        _dispatcher = dispatcher;
        for (var i = 0; i < roots; i++) Plant();
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(cause =>
        cause is StormException { Verdict: not Directive.Escalate } storm ? storm.Verdict : Directive.Restart);

    protected override void OnReceive(object message)
    {
        if (message is Terminated) Plant();
    }

    private void Plant() => Context.Watch(Context.ActorOf(StormActor.Props(_ledger, _dispatcher)));
}
