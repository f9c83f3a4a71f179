using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Tests.Doubles;
using Xunit;
using static Miru.Agent.Tests.Doubles.NumberedDeployments;

namespace Miru.Agent.Tests.Configs;

public sealed class DeploymentRollbackTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();
    private ConfigLedger _ledger;
    private int _requests;

    public DeploymentRollbackTests()
    {
        _ledger = Stores.Open(_directory.FullName);
        for (var i = 1; i <= 3; i++)
        {
            PutInPlace(_ledger, i);
        }
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void The_deployment_before_becomes_current_again_at_a_new_sequence()
    {
        Assert.Equal("dpl_2", Rollback().DeploymentId);

        Apply(_ledger, 2);

        Assert.Equal(4, _ledger.Snapshot.Sequence);
        Assert.Equal("2", Current());
        Assert.Null(Work());
    }

    [Fact]
    public void Both_deployments_are_reported_and_the_log_says_who_wanted_it()
    {
        while (_ledger.Reports.Oldest() is { } told)
        {
            _ledger.ForgetReport(told.Id);
        }

        Rollback();
        Apply(_ledger, 2);

        var first = _ledger.Reports.Oldest()!;
        _ledger.ForgetReport(first.Id);
        var second = _ledger.Reports.Oldest()!;
        Assert.Equal([("dpl_3", DeploymentActivity.Archived), ("dpl_2", DeploymentActivity.Deployed)], [(first.DeploymentId, first.Activity), (second.DeploymentId, second.Activity)]);
        Assert.Equal("dpl_2", Assert.Single(_ledger.Events.After(0, 100, StoreEventKind.RolledBack)).DeploymentId);
    }

    [Fact]
    public void A_cloud_that_still_wants_the_newer_one_does_not_bring_it_back()
    {
        Rollback();
        Apply(_ledger, 2);

        _ledger.Merge([Listed(3)]);

        Assert.Null(Work());
        Assert.Equal("2", Current());
    }

    [Fact]
    public void A_rollback_outlives_a_restart()
    {
        Rollback();
        _ledger.Dispose();
        _ledger = Stores.Open(_directory.FullName);

        Apply(_ledger, 2);
        _ledger.Dispose();
        _ledger = Stores.Open(_directory.FullName);
        _ledger.Merge([Listed(3)]);

        Assert.Null(Work());
        Assert.Equal("2", Current());
    }

    [Fact]
    public void Another_deployment_of_the_cloud_ends_the_rollback()
    {
        Rollback();
        Apply(_ledger, 2);

        PutInPlace(_ledger, 4);

        Assert.Equal("4", Current());
        Assert.Single(_ledger.Events.After(0, 100, StoreEventKind.RollbackEnded));
        Assert.All(_ledger.Generations(), generation => Assert.Equal(DeploymentHold.None, generation.Hold));
    }

    [Fact]
    public void A_cloud_that_agrees_with_the_rollback_ends_it_without_any_work()
    {
        Rollback();
        Apply(_ledger, 2);

        _ledger.Merge([Listed(2), Listed(3, DeploymentTarget.Archived)]);

        Assert.Null(Work());
        Assert.Equal("2", Current());
        Assert.All(_ledger.Generations(), generation => Assert.Equal(DeploymentHold.None, generation.Hold));
    }

    [Fact]
    public void Rolling_back_twice_goes_back_to_what_was_rolled_back_from()
    {
        Rollback();
        Apply(_ledger, 2);

        Assert.Contains("what the cloud wants", Rollback().Message);
        Apply(_ledger, 3);

        Assert.Equal(("3", 5L), (Current(), _ledger.Snapshot.Sequence));
        Assert.All(_ledger.Generations(), generation => Assert.Equal(DeploymentHold.None, generation.Hold));
    }

    [Theory]
    [InlineData("dpl_1")]
    [InlineData("1")]
    public void A_generation_is_named_by_deployment_or_by_sequence(string to)
    {
        Assert.Equal("dpl_1", Rollback(to).DeploymentId);

        Apply(_ledger, 1);

        Assert.Equal("1", Current());
    }

    [Theory]
    [InlineData("dpl_9", "is no deployment or sequence that is kept")]
    [InlineData("dpl_3", "is current already")]
    [InlineData("3", "is current already")]
    public void What_cannot_be_rolled_back_to_changes_nothing_and_says_why(string to, string because)
    {
        var refused = Rollback(to);

        Assert.Null(refused.DeploymentId);
        Assert.Contains(because, refused.Message);
        Assert.Null(Work());
    }

    [Fact]
    public void A_request_is_carried_out_once()
    {
        _ledger.Rollback(null, "same");
        Apply(_ledger, 2);

        Assert.Null(_ledger.Rollback(null, "same").DeploymentId);
        Assert.Null(Work());
    }

    [Fact]
    public void Three_generations_can_be_rolled_back_to_however_many_came_before()
    {
        for (var i = 4; i <= 9; i++)
        {
            PutInPlace(_ledger, i);
        }

        _ledger.Merge([Listed(9)]);

        Assert.Equal(["dpl_9", "dpl_8", "dpl_7"], _ledger.Generations().Where(generation => generation.IsComplete).Select(generation => generation.DeploymentId));
    }

    [Fact]
    public void A_generation_that_can_no_longer_be_applied_leaves_the_current_one_in_place()
    {
        Rollback();
        Work();

        _ledger.Refused(new DeploymentRefused(0, "dpl_2", RefusalCodes.Path, "is outside the allowed roots"));

        Assert.Null(Work());
        Assert.Equal("3", Current());
        Assert.All(_ledger.Generations(), generation => Assert.Equal(DeploymentHold.None, generation.Hold));
    }

    private RollbackResult Rollback(string? to = null) => _ledger.Rollback(to, $"request-{++_requests}");

    private string Current() => Encoding.UTF8.GetString(Assert.Single(_ledger.Snapshot.Configs.Values).Content.Span);

    private object? Work() => _ledger.NextWork(Now).Work;
}
