using Miru.Agent.Connections;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>Requests that the rest of the agent answers.</summary>
public sealed class ErrandTests
{
    private static readonly ErrorMessage Late = Answers.Overdue;

    private readonly ProtocolPeer _peer = ProtocolPeer.Greeted(new Snapshots().Current);

    [Fact]
    [Trait("Clause", "sync-1")]
    public void A_sync_is_answered_when_its_errand_is_over()
    {
        _peer.Say(new Sync(), 5);
        var errand = TakeErrand();
        Assert.Equal(ErrandKind.Sync, errand.Kind);
        _peer.HearNothing();

        _peer.Protocol.OnErrand(errand, new Done());

        Assert.Equal((new Done(), 5u), _peer.Hear());
    }

    [Fact]
    [Trait("Clause", "sync-1")]
    public void Syncs_that_come_during_an_errand_join_the_next_one()
    {
        _peer.Say(new Sync(), 5);
        var first = TakeErrand();
        _peer.Say(new Sync(), 6);
        _peer.Say(new Sync(), 7);
        Assert.False(_peer.Protocol.TryTakeErrand(out _));

        _peer.Protocol.OnErrand(first, new Done());
        Assert.Equal(5u, Assert.Single(_peer.HearAll()).Correlation);
        _peer.Protocol.OnErrand(TakeErrand(), Late);

        Assert.Equal([(Late, 6u), (Late, 7u)], _peer.HearAll());
        Assert.False(_peer.Protocol.TryTakeErrand(out _));
    }

    [Fact]
    [Trait("Clause", "sync-1")]
    public void An_outcome_that_comes_after_the_deadline_answers_nobody_else()
    {
        _peer.Say(new Sync(), 5);
        var givenUp = TakeErrand();
        _peer.Protocol.OnErrand(givenUp, Late);
        Assert.Equal((Late, 5u), _peer.Hear());
        _peer.Say(new Sync(), 6);
        TakeErrand();

        _peer.Protocol.OnErrand(givenUp, new Done());

        _peer.HearNothing();
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public void Status_does_not_wait_for_sync()
    {
        _peer.Say(new Sync(), 5);
        TakeErrand();
        _peer.Say(new GetStatus(), 6);
        var status = TakeErrand();
        Assert.Equal(ErrandKind.Status, status.Kind);

        _peer.Protocol.OnErrand(status, new StatusMessage("{}"u8.ToArray()));

        var (message, correlation) = _peer.Hear();
        Assert.IsType<StatusMessage>(message);
        Assert.Equal(6u, correlation);
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public void Requests_without_an_answer_count_as_under_way()
    {
        for (var asked = 0u; asked < ProtocolLimits.MaxInFlight; asked++)
        {
            Assert.True(_peer.Protocol.WantsInput);
            _peer.Say(new Sync(), asked + 2);
        }

        Assert.False(_peer.Protocol.WantsInput);
        _peer.Protocol.OnErrand(TakeErrand(), new Done());
        _peer.HearAll();
        Assert.True(_peer.Protocol.WantsInput);
    }

    [Fact]
    public void An_outcome_for_a_connection_that_closes_is_dropped()
    {
        _peer.Say(new Sync(), 5);
        var errand = TakeErrand();
        _peer.Protocol.OnShutdown();
        _peer.Protocol.OnErrand(errand, new Done());

        Assert.IsType<Goodbye>(Assert.Single(_peer.HearAll()).Message);
    }

    private Errand TakeErrand()
    {
        Assert.True(_peer.Protocol.TryTakeErrand(out var errand));
        return errand;
    }
}
