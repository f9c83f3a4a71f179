using System.Text;
using Akka.Actor;
using Miru.Agent.Deployments;
using Miru.Agent.Health;
using Miru.Agent.Tests.Doubles;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Miru.Agent.Tests.Health;

public sealed class StatusBoardTests : VirtualTimeKit
{
    private readonly IActorRef _board;

    public StatusBoardTests()
    {
        TimeProvider time = Time;
        _board = Sys.ActorOf(Props.Create(() => new StatusBoard("1.2.3", time)));
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public void Before_any_fact_it_says_that_it_starts()
    {
        var status = Gather();

        Assert.Equal("1.2.3", (string?)status["agent"]!["version"]);
        Assert.Equal("2030-01-01T00:00:00.000Z", status["agent"]!["started_at"]!.ToString());
        Assert.Equal(JTokenType.Null, status["agent"]!["device"]!.Type);
        Assert.Equal(JTokenType.Null, status["store"]!.Type);
        Assert.Equal("starting", (string?)status["cloud"]!["state"]);
        Assert.Equal(JTokenType.Null, status["deployment"]!.Type);
        Assert.Equal(0, (int)status["applications"]!["count"]!);
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public void It_says_what_runs_and_why_something_else_does_not()
    {
        _board.Tell(new DeviceKnown("dvc_1"));
        _board.Tell(new StoreReported("e1", 41, 3,
        [
            new("dpl_1", "v1", DeploymentTarget.Deployed, DeploymentActivity.Deployed, DeploymentError.None, null, null, 41),
            new("dpl_2", "v2", DeploymentTarget.Deployed, DeploymentActivity.Queued, DeploymentError.Failed, "path_not_allowed: /etc", null, null),
        ]));

        var status = Gather();

        Assert.Equal("dvc_1", (string?)status["agent"]!["device"]);
        Assert.Equal((41, 3), ((int)status["store"]!["sequence"]!, (int)status["store"]!["configs"]!));
        Assert.Equal(("dpl_1", "deployed"), ((string?)status["deployment"]!["id"], (string?)status["deployment"]!["activity"]));
        Assert.Equal(("failed", "path_not_allowed: /etc"), ((string?)status["deployments"]![1]!["error"], (string?)status["deployments"]![1]!["reason"]));
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public void A_cloud_that_came_back_is_reachable_and_its_last_error_is_remembered()
    {
        _board.Tell(new CloudReported(CloudState.Unreachable, new CloudProblem("unavailable", "no route"), Time.GetUtcNow().AddSeconds(5)));
        Assert.Equal("2030-01-01T00:00:05.000Z", Gather()["cloud"]!["next_sync_at"]!.ToString());
        Time.Advance(TimeSpan.FromSeconds(5));
        _board.Tell(new CloudReported(CloudState.Reachable, null, null));

        var cloud = Gather()["cloud"]!;

        Assert.Equal("reachable", (string?)cloud["state"]);
        Assert.Equal("2030-01-01T00:00:05.000Z", cloud["last_sync_at"]!.ToString());
        Assert.Equal(("unavailable", "no route"), ((string?)cloud["last_error"]!["code"], (string?)cloud["last_error"]!["message"]));
        Assert.Equal("2030-01-01T00:00:00.000Z", cloud["last_error"]!["at"]!.ToString());
    }

    [Fact]
    [Trait("Clause", "status-1")]
    public void Applications_are_counted_for_all_and_named_for_admins_only()
    {
        var connection = CreateTestProbe();
        _board.Tell(new ApplicationGreeted("navigation", "dotnet/0.1.0", 4711, 1000), connection);

        Assert.Null(Gather()["applications"]!["connected"]);
        Assert.Equal(1, (int)Gather()["applications"]!["count"]!);
        var named = Assert.Single(Gather(namesApplications: true)["applications"]!["connected"]!);
        Assert.Equal(("navigation", 4711, 1000), ((string?)named["app"], (int)named["pid"]!, (int)named["uid"]!));

        Sys.Stop(connection);
        AwaitAssert(() => Assert.Equal(0, (int)Gather()["applications"]!["count"]!));
    }

    [Fact]
    public void A_failure_costs_no_fact()
    {
        _board.Tell(new DeviceKnown("dvc_1"));
        _board.Tell(new ApplicationGreeted("navigation", "dotnet/0.1.0", 4711, 1000), CreateTestProbe());

        _board.Tell(new StoreReported("e1", 1, 0, [null!]));
        _board.Tell(new GatherStatus(1, false), TestActor);

        // Facts that break the document break the actor; what it knew of others is there again.
        _board.Tell(new StoreReported("e1", 2, 0, []));
        AwaitAssert(() => Assert.Equal(2, (int)Gather()["store"]!["sequence"]!));
        Assert.Equal("dvc_1", (string?)Gather()["agent"]!["device"]);
        Assert.Equal(1, (int)Gather()["applications"]!["count"]!);
    }

    [Fact]
    public void What_others_wrote_cannot_make_the_status_large()
    {
        for (var connected = 0; connected < 100; connected++)
        {
            _board.Tell(new ApplicationGreeted(new string('"', 4000), new string('x', 4000), 1, 1), CreateTestProbe());
        }

        _board.Tell(new GatherStatus(1, true), TestActor);

        Assert.InRange(ExpectMsg<StatusGathered>(Patience).Json.Length, 1, 100 * 600);
    }

    private JObject Gather(bool namesApplications = false)
    {
        _board.Tell(new GatherStatus(7, namesApplications), TestActor);
        var gathered = (StatusGathered)FishForMessage(message => message is StatusGathered { Ticket: 7 }, Patience);
        var reader = new Newtonsoft.Json.JsonTextReader(new StringReader(Encoding.UTF8.GetString(gathered.Json.Span)))
        {
            DateParseHandling = Newtonsoft.Json.DateParseHandling.None,
        };
        return JObject.Load(reader);
    }
}
