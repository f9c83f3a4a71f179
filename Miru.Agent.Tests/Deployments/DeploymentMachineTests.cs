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

    /// <summary>Every combination: three targets, each trouble and cooldown, all activities in the order of the contract.</summary>
    [Theory]
    [InlineData("staged", "none", "none", "None None Archive Withdraw Withdraw None")]
    [InlineData("staged", "none", "over", "None None Archive Withdraw Withdraw None")]
    [InlineData("staged", "none", "runs", "None None Archive Wait Wait None")]
    [InlineData("staged", "retrying", "none", "None None Archive Withdraw Withdraw None")]
    [InlineData("staged", "retrying", "over", "None None Archive Withdraw Withdraw None")]
    [InlineData("staged", "retrying", "runs", "None None Archive Wait Wait None")]
    [InlineData("staged", "failed", "none", "None None Archive None None None")]
    [InlineData("staged", "failed", "over", "None None Archive None None None")]
    [InlineData("staged", "failed", "runs", "None None Archive None None None")]
    [InlineData("deployed", "none", "none", "None None Deploy None Deploy Deploy")]
    [InlineData("deployed", "none", "over", "None None Deploy None Deploy Deploy")]
    [InlineData("deployed", "none", "runs", "None None Wait None Wait Wait")]
    [InlineData("deployed", "retrying", "none", "None None Deploy None Deploy Deploy")]
    [InlineData("deployed", "retrying", "over", "None None Deploy None Deploy Deploy")]
    [InlineData("deployed", "retrying", "runs", "None None Wait None Wait Wait")]
    [InlineData("deployed", "failed", "none", "None None None None None None")]
    [InlineData("deployed", "failed", "over", "None None None None None None")]
    [InlineData("deployed", "failed", "runs", "None None None None None None")]
    [InlineData("archived", "none", "none", "Archive Archive Archive Withdraw Withdraw None")]
    [InlineData("archived", "none", "over", "Archive Archive Archive Withdraw Withdraw None")]
    [InlineData("archived", "none", "runs", "Archive Archive Archive Wait Wait None")]
    [InlineData("archived", "retrying", "none", "Archive Archive Archive Withdraw Withdraw None")]
    [InlineData("archived", "retrying", "over", "Archive Archive Archive Withdraw Withdraw None")]
    [InlineData("archived", "retrying", "runs", "Archive Archive Archive Wait Wait None")]
    [InlineData("archived", "failed", "none", "Archive Archive Archive None None None")]
    [InlineData("archived", "failed", "over", "Archive Archive Archive None None None")]
    [InlineData("archived", "failed", "runs", "Archive Archive Archive None None None")]
    public void Every_deployment_alone_has_its_step(string target, string error, string cooldown, string steps)
    {
        var planned = Enum.GetValues<DeploymentActivity>().Select(activity => Plan(new DeploymentState(
            "dpl_1", DeploymentWords.Read<DeploymentTarget>(target), activity, DeploymentWords.Read<DeploymentError>(error), RetryAt(cooldown))).Single());

        Assert.Equal(steps, string.Join(' ', planned));
    }

    /// <summary>All 26,244 pairs of states: whatever two deployments are, the robot is never left with less than it had.</summary>
    [Fact]
    public void No_two_deployments_take_each_others_place_away()
    {
        var states = (from target in Enum.GetValues<DeploymentTarget>()
                      from activity in Enum.GetValues<DeploymentActivity>()
                      from error in Enum.GetValues<DeploymentError>()
                      from cooldown in new[] { "none", "over", "runs" }
                      select new DeploymentState("dpl_1", target, activity, error, RetryAt(cooldown))).ToList();
        var pairs = 0;
        foreach (var one in states)
        {
            foreach (var two in states.Select(state => state with { Id = "dpl_2" }))
            {
                var plan = DeploymentMachine.Plan([one, two], Now);
                Check(one, two, plan);
                Check(two, one, plan);
                pairs++;
            }
        }

        Assert.Equal(162 * 162, pairs);
    }

    private static void Check(DeploymentState state, DeploymentState other, DeploymentPlan plan)
    {
        var step = plan.StepOf(state);
        var alone = Plan(state).Single();
        var otherIsWanted = other.Target == DeploymentTarget.Deployed;
        var otherIsInPlace = other.Activity is DeploymentActivity.Deployed or DeploymentActivity.Drifted or DeploymentActivity.Staged;

        Assert.True(step == alone || step == DeploymentStep.Wait, $"{state} does {step}, alone {alone}, beside {other}");
        if (step == DeploymentStep.Withdraw)
        {
            Assert.False(plan.Conflict || (otherIsWanted && (other.Error == DeploymentError.Failed || !otherIsInPlace)), $"{state} goes before {other} is in place");
        }

        if (step == DeploymentStep.Deploy)
        {
            Assert.NotEqual(DeploymentStep.Deploy, plan.StepOf(other));
            Assert.NotEqual(DeploymentStep.Withdraw, plan.StepOf(other));
        }
    }

    private static DateTimeOffset? RetryAt(string cooldown) => cooldown switch
    {
        "none" => null,
        "over" => Now,
        _ => Now.AddSeconds(1),
    };

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
        DeploymentState[] states = [Old(), New(), New() with { Id = "dpl_3" }];
        var plan = DeploymentMachine.Plan(states, Now);

        Assert.True(plan.Conflict);
        Assert.All(states, state => Assert.Equal(DeploymentStep.Wait, plan.StepOf(state)));
    }

    private static DeploymentState Old() => new("dpl_1", DeploymentTarget.Archived, DeploymentActivity.Deployed, DeploymentError.None, null);

    private static DeploymentState New() => new("dpl_2", DeploymentTarget.Deployed, DeploymentActivity.Queued, DeploymentError.None, null);

    private static IEnumerable<DeploymentStep> Plan(params DeploymentState[] states)
    {
        var plan = DeploymentMachine.Plan(states, Now);
        Assert.False(plan.Conflict);
        return states.Select(plan.StepOf);
    }
}
