using Miru.Agent.Deployments;
using Xunit;

namespace Miru.Agent.Tests.Deployments;

public sealed class DeploymentMachineTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 3, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("staged", "None None Archive Withdraw Withdraw None")]
    [InlineData("deployed", "None None Deploy None Deploy Deploy")]
    [InlineData("archived", "Archive Archive Archive Withdraw Withdraw None")]
    public void Every_target_and_activity_has_its_step(string target, string steps)
    {
        var wanted = DeploymentWords.Read<DeploymentTarget>(target);

        Assert.Equal(steps, string.Join(' ', Enum.GetValues<DeploymentActivity>().Select(activity => DeploymentMachine.Next(wanted, activity))));
    }

    [Fact]
    public void The_current_deployment_stays_until_its_successor_is_in_place() =>
        Assert.Equal([DeploymentStep.Wait, DeploymentStep.Deploy], Plan(Old(), New()));

    [Fact]
    public void Nothing_is_removed_while_the_successor_cools_down() =>
        Assert.Equal(
            [DeploymentStep.Wait, DeploymentStep.Wait],
            Plan(Old(), New() with { Error = DeploymentError.Retrying, RetryAt = Now.AddSeconds(1) }));

    [Fact]
    public void A_successor_is_tried_again_when_its_cooldown_is_over() =>
        Assert.Equal([DeploymentStep.Wait, DeploymentStep.Deploy], Plan(Old(), New() with { Error = DeploymentError.Retrying, RetryAt = Now }));

    [Fact]
    public void A_refused_successor_leaves_the_robot_with_what_it_had() =>
        Assert.Equal([DeploymentStep.Wait, DeploymentStep.None], Plan(Old(), New() with { Error = DeploymentError.Failed }));

    [Fact]
    public void The_cloud_can_put_a_refused_deployment_away() =>
        Assert.Equal([DeploymentStep.Archive], Plan(New() with { Error = DeploymentError.Failed, Target = DeploymentTarget.Archived }));

    [Fact]
    public void Without_a_successor_an_archived_deployment_is_withdrawn() => Assert.Equal([DeploymentStep.Withdraw], Plan(Old()));

    [Fact]
    public void Two_that_claim_to_be_current_are_a_conflict_and_change_nothing()
    {
        var plan = DeploymentMachine.Plan([Old(), New(), New() with { Id = "dpl_3" }], Now, out var conflict);

        Assert.True(conflict);
        Assert.All(plan.Values, step => Assert.Equal(DeploymentStep.Wait, step));
    }

    private static DeploymentState Old() => new("dpl_1", DeploymentTarget.Archived, DeploymentActivity.Deployed, DeploymentError.None, null);

    private static DeploymentState New() => new("dpl_2", DeploymentTarget.Deployed, DeploymentActivity.Queued, DeploymentError.None, null);

    private static IEnumerable<DeploymentStep> Plan(params DeploymentState[] states)
    {
        var plan = DeploymentMachine.Plan(states, Now, out var conflict);
        Assert.False(conflict);
        return states.Select(state => plan[state.Id]);
    }
}
