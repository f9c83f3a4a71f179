using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class StatusReporterTests : VirtualTimeKit
{
    private readonly CloudSettings _settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud;
    private readonly ScriptedServer _server;
    private readonly CloudClient _client;
    private readonly TestProbe _store;
    private readonly TestProbe _tokens;
    private readonly IActorRef _reporter;
    private HttpStatusCode _answer = HttpStatusCode.OK;

    public StatusReporterTests()
    {
        _server = new ScriptedServer(_ => ScriptedServer.Json(_answer, "{}"));
        _client = new CloudClient(_settings, _server, Time);
        _store = CreateTestProbe();
        _tokens = CreateTestProbe();
        var (settings, client, store, tokens) = (_settings, _client, _store.Ref, _tokens.Ref);
        _reporter = Sys.ActorOf(Props.Create(() => new StatusReporter(settings, client, store, tokens, 7)));
        _reporter.Tell(new ReportsQueued());
        _store.FishForMessage<GetNextReport>(_ => true, Patience);
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _client.Dispose();
    }

    [Fact]
    public void Reports_one_after_the_other_and_forgets_each_when_the_cloud_has_it()
    {
        Deliver(1);
        Assert.Equal(1, _store.ExpectMsg<ForgetReport>(Patience).ReportId);

        _store.ExpectMsg<GetNextReport>(Patience);
        Deliver(2);
        Assert.Equal(2, _store.ExpectMsg<ForgetReport>(Patience).ReportId);
        Assert.Equal(["/agent/v1/deployments/dpl_1", "/agent/v1/deployments/dpl_2"], _server.Requests.Select(request => request.RequestUri!.AbsolutePath));
    }

    [Fact]
    public void A_report_that_did_not_arrive_is_sent_again_after_a_pause()
    {
        _answer = HttpStatusCode.ServiceUnavailable;
        Deliver(1);
        AwaitCondition(() => _server.Requests.Count == 1, Patience);
        _store.ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        _answer = HttpStatusCode.OK;
        AfterPause();
        Deliver(1);

        Assert.Equal(1, _store.ExpectMsg<ForgetReport>(Patience).ReportId);
    }

    [Fact]
    public void A_report_about_a_deployment_the_cloud_has_lost_does_not_block_the_others()
    {
        _answer = HttpStatusCode.NotFound;
        Deliver(1);

        Assert.Equal(1, _store.ExpectMsg<ForgetReport>(Patience).ReportId);
        _store.ExpectMsg<GetNextReport>(Patience);
    }

    [Fact]
    public void A_token_that_is_not_accepted_is_rejected_to_its_keeper()
    {
        _answer = HttpStatusCode.Unauthorized;
        Deliver(1);

        Assert.Equal("token", _tokens.ExpectMsg<RejectToken>(Patience).Token);
    }

    [Fact]
    public async Task Asks_nobody_while_the_cloud_answers_nobody_and_goes_on_when_it_does()
    {
        _answer = HttpStatusCode.ServiceUnavailable;
        for (var failure = 0; failure < 3; failure++)
        {
            await PollAsync();
        }

        for (var look = 0; look < 5; look++)
        {
            _reporter.Tell(Report(1));
            await _reporter.Ask<ActorIdentity>(new Identify(null), Patience);
            Assert.False(_tokens.HasMessages);

            // The longest time between two looks, which cost the cloud nothing.
            Advance(TimeSpan.FromSeconds(15));
            _store.FishForMessage<GetNextReport>(_ => true, Patience);
        }

        Assert.Equal(3, _server.Requests.Count);

        _answer = HttpStatusCode.OK;
        await PollAsync();
        Deliver(1);

        Assert.Equal(1, _store.FishForMessage<ForgetReport>(_ => true, Patience).ReportId);
    }

    [Fact]
    public void A_store_that_never_answers_is_asked_again()
    {
        Advance(_settings.RequestTimeout + TimeSpan.FromSeconds(30));

        _store.FishForMessage<GetNextReport>(_ => true, Patience);
    }

    private void Deliver(long id)
    {
        _reporter.Tell(Report(id));
        _tokens.FishForMessage<GetToken>(_ => true, Patience);
        _reporter.Tell(new TokenGranted("token"));
    }

    private static NextReport Report(long id) => new(new StatusReport(id, $"dpl_{id}", DeploymentActivity.Deployed, DeploymentError.None, null, null));

    /// <summary>Another request of the same client, as the poller makes them.</summary>
    private Task PollAsync() => _client.UpdateDeviceAsync("token", "dvc_1", CancellationToken.None);

    private void AfterPause() => AwaitAssert(
        () =>
        {
            Advance(_settings.BackoffMin);
            _store.FishForMessage<GetNextReport>(_ => true, TimeSpan.FromMilliseconds(100));
        },
        Patience);
}
