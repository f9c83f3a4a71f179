using System.Net;
using System.Threading.Channels;
using Akka.Actor;
using Akka.TestKit;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Push;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class CloudPollerTests : VirtualTimeKit
{
    private const double Phase = 0.25;

    private readonly CloudSettings _settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud with { PollJitter = 0 };
    private readonly Channel<Question> _asked = Channel.CreateBounded<Question>(100);
    private readonly CloudClient _client;
    private readonly TestProbe _store;
    private readonly TestProbe _tokens;
    private readonly TestProbe _status;
    private readonly IActorRef _poller;

    public CloudPollerTests()
    {
        _client = new CloudClient(_settings, new ScriptedServer(AskTheTest), Time);
        _store = CreateTestProbe();
        _tokens = CreateTestProbe();
        _status = CreateTestProbe();
        var (settings, client, push, store, tokens, status, time) =
            (_settings, _client, (IPushChannel)new LongPollChannel(_settings.PushWait), _store.Ref, _tokens.Ref, _status.Ref, (TimeProvider)Time);
        _poller = Sys.ActorOf(Props.Create(() => new CloudPoller(settings, client, push, store, tokens, status, time, Phase, 7)));
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _client.Dispose();
    }

    [Fact]
    public async Task A_cycle_stores_the_missing_contents_before_the_deployments_that_need_them()
    {
        GrantToken();
        (await NextAsync("/deployments")).Answer(List("inst_1", "inst_2"));
        _store.ExpectMsg<FindMissingContents>(Patience);
        _store.Reply(new MissingContents(["inst_2"]));

        (await NextAsync("/inst_2/content")).Answer(new HttpResponseMessage { Content = new ByteArrayContent([7]) });

        Assert.Equal([7], _store.ExpectMsg<KeepContent>(Patience).Content.ToArray());
        _store.Reply(new ContentKept("inst_2"));
        Assert.Equal("dpl_1", Assert.Single(_store.ExpectMsg<KeepDeployments>(Patience).Deployments).Id);
    }

    [Fact]
    public async Task A_server_that_holds_is_asked_again_at_once_with_the_tag_of_the_stored_list()
    {
        await FinishCycleAsync(List(holds: true, tag: "W/\"1\""));

        Tick();
        GrantToken();

        var held = await NextAsync("/deployments");
        Assert.Equal("W/\"1\"", held.Request.Headers.GetValues("If-None-Match").Single());
        Assert.Equal("wait=50", held.Request.Headers.GetValues("Prefer").Single());
    }

    [Fact]
    public async Task A_server_that_does_not_hold_is_asked_in_the_devices_phase_and_then_at_the_interval()
    {
        await FinishCycleAsync(List());
        Advance(_settings.PollInterval * Phase);
        await FinishCycleAsync(List());

        Advance(_settings.PollInterval - TimeSpan.FromSeconds(1));
        _tokens.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Advance(TimeSpan.FromSeconds(1));
        _tokens.ExpectMsg<GetToken>(Patience);
    }

    [Fact]
    public async Task The_tag_does_not_move_before_everything_is_stored()
    {
        GrantToken();
        (await NextAsync("/deployments")).Answer(List(holds: true, tag: "W/\"1\"", instances: ["inst_1"]));
        _store.ExpectMsg<FindMissingContents>(Patience);
        _store.Reply(new MissingContents(["inst_1"]));
        (await NextAsync("/inst_1/content")).Answer(new HttpResponseMessage(HttpStatusCode.BadGateway));

        await AfterBackoffAsync();

        Assert.False((await NextAsync("/deployments")).Request.Headers.Contains("If-None-Match"));
    }

    [Fact]
    public async Task Downloads_run_side_by_side_up_to_the_limit_and_wait_for_the_store()
    {
        string[] instances = ["inst_1", "inst_2", "inst_3", "inst_4", "inst_5"];
        GrantToken();
        (await NextAsync("/deployments")).Answer(List(instances));
        _store.ExpectMsg<FindMissingContents>(Patience);
        _store.Reply(new MissingContents(instances));

        var first = new List<Question>();
        for (var i = 0; i < _settings.ParallelDownloads; i++)
        {
            first.Add(await NextAsync("/content"));
        }

        first[0].Answer(new HttpResponseMessage { Content = new ByteArrayContent([1]) });
        var kept = _store.ExpectMsg<KeepContent>(Patience);
        Assert.False(_asked.Reader.TryRead(out _));

        _store.Reply(new ContentKept(kept.InstanceId));
        await NextAsync("/inst_5/content");
    }

    [Fact]
    public async Task A_config_that_is_too_large_refuses_its_deployment_and_stops_nothing_else()
    {
        GrantToken();
        (await NextAsync("/deployments")).Answer(List("inst_1"));
        _store.ExpectMsg<FindMissingContents>(Patience);
        _store.Reply(new MissingContents(["inst_1"]));
        (await NextAsync("/content")).Answer(new HttpResponseMessage { Content = new ByteArrayContent(new byte[_settings.MaxConfigSize + 1]) });

        Assert.Equal(RefusalCodes.TooLarge, _store.ExpectMsg<RefuseContent>(Patience).Code);
        _store.Reply(new ContentKept("inst_1"));
        _store.ExpectMsg<KeepDeployments>(Patience);
    }

    [Fact]
    public async Task All_pages_of_a_list_belong_to_one_cycle()
    {
        GrantToken();
        (await NextAsync("offset=0")).Answer(List(hasMore: true));
        (await NextAsync("offset=1")).Answer(List());

        Assert.Equal(2, _store.ExpectMsg<FindMissingContents>(Patience).Deployments.Count);
    }

    [Fact]
    public async Task A_sync_gives_up_the_held_list_and_is_answered_by_a_list_of_its_own()
    {
        await FinishCycleAsync(List(holds: true, tag: "W/\"1\""));
        Tick();
        GrantToken();
        await NextAsync("/deployments");

        _poller.Tell(new SyncNow(), TestActor);
        Tick();
        GrantToken();
        var fresh = await NextAsync("/deployments");
        Assert.False(fresh.Request.Headers.Contains("Prefer"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        fresh.Answer(new HttpResponseMessage(HttpStatusCode.NotModified));
        Assert.Null(ExpectMsg<SyncFinished>(Patience).Problem);
    }

    [Fact]
    public async Task A_sync_during_a_cycle_is_answered_by_the_next_one()
    {
        GrantToken();
        var working = await NextAsync("/deployments");
        working.Answer(List());
        _store.ExpectMsg<FindMissingContents>(Patience);
        _poller.Tell(new SyncNow(), TestActor);
        _store.Reply(new MissingContents([]));
        _store.ExpectMsg<KeepDeployments>(Patience);
        _store.Reply(new DeploymentsKept());
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));

        Tick();
        await FinishCycleAsync(List());

        Assert.Null(ExpectMsg<SyncFinished>(Patience).Problem);
    }

    [Fact]
    public async Task A_server_that_asks_for_patience_gets_it_from_applications_too()
    {
        GrantToken();
        var busy = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        busy.Headers.RetryAfter = new System.Net.Http.Headers.RetryConditionHeaderValue(TimeSpan.FromSeconds(120));
        _poller.Tell(new SyncNow(), TestActor);
        Tick();
        GrantToken();
        (await NextAsync("/deployments")).Drop();
        (await NextAsync("/deployments")).Answer(busy);
        Assert.Contains("503", ExpectMsg<SyncFinished>(Patience).Problem);

        _poller.Tell(new SyncNow(), TestActor);
        Assert.Contains("patience", ExpectMsg<SyncFinished>(Patience).Problem);

        Advance(TimeSpan.FromSeconds(119));
        _tokens.ExpectNoMsg(TimeSpan.FromMilliseconds(50));
        Advance(TimeSpan.FromSeconds(2));
        _tokens.ExpectMsg<GetToken>(Patience);
    }

    [Fact]
    public async Task A_token_that_is_not_accepted_is_rejected_to_its_keeper()
    {
        GrantToken();
        (await NextAsync("/deployments")).Answer(new HttpResponseMessage(HttpStatusCode.Unauthorized));

        Assert.Equal("token", _tokens.ExpectMsg<RejectToken>(Patience).Token);
    }

    [Fact]
    public async Task A_store_that_never_answers_does_not_hold_the_poller_for_ever()
    {
        GrantToken();
        (await NextAsync("/deployments")).Answer(List());
        _store.ExpectMsg<FindMissingContents>(Patience);

        await AfterBackoffAsync(TimeSpan.FromSeconds(31));

        await NextAsync("/deployments");
    }

    private static HttpResponseMessage List(params string[] instances) => List(false, null, false, instances);

    private static HttpResponseMessage List(bool holds = false, string? tag = null, bool hasMore = false, params string[] instances)
    {
        var items = instances.Select(id => $$"""{"id":"{{id}}","config_type_name":"{{id}}","filepath":"/srv/miru/{{id}}.json"}""");
        var response = ScriptedServer.Json(
            $$"""
            {"object":"list","has_more":{{(hasMore ? "true" : "false")}},"data":[{"id":"dpl_1","target_status":"deployed","activity_status":"queued","release_id":"rls_1",
             "config_instances":[{{string.Join(',', items)}}]}]}
            """);
        if (tag is not null)
        {
            response.Headers.TryAddWithoutValidation("ETag", tag);
        }

        if (holds)
        {
            response.Headers.Add("Preference-Applied", "wait=50");
        }

        return response;
    }

    private void GrantToken()
    {
        _tokens.FishForMessage<GetToken>(_ => true, Patience);
        _poller.Tell(new TokenGranted("token"));
    }

    private async Task FinishCycleAsync(HttpResponseMessage list)
    {
        GrantToken();
        (await NextAsync("/deployments")).Answer(list);
        _store.ExpectMsg<FindMissingContents>(Patience);
        _store.Reply(new MissingContents([]));
        _store.ExpectMsg<KeepDeployments>(Patience);
        _store.Reply(new DeploymentsKept());

        // The poller has taken that in when it answers the next message in its mailbox.
        await _poller.Ask<ActorIdentity>(new Identify(null), Patience);
    }

    private async Task AfterBackoffAsync(TimeSpan? first = null)
    {
        await _poller.Ask<ActorIdentity>(new Identify(null), Patience);
        Advance(first ?? TimeSpan.Zero);
        AwaitAssert(
            () =>
            {
                Advance(_settings.BackoffMin);
                _tokens.ExpectMsg<GetToken>(TimeSpan.FromMilliseconds(100));
            },
            Patience);
        _poller.Tell(new TokenGranted("token"));
    }

    /// <summary>Fires what is due now.</summary>
    private void Tick() => AwaitAssert(
        () =>
        {
            Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(_tokens.HasMessages);
        },
        Patience);

    private async Task<Question> NextAsync(string path)
    {
        var question = await _asked.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        Assert.Contains(path, question.Request.RequestUri!.PathAndQuery);
        return question;
    }

    private async Task<HttpResponseMessage> AskTheTest(HttpRequestMessage request, CancellationToken cancellation)
    {
        var question = new Question(request);
        await _asked.Writer.WriteAsync(question, cancellation);
        return await question.Answered.WaitAsync(cancellation);
    }

    /// <summary>A request that waits for the test's answer.</summary>
    private sealed class Question(HttpRequestMessage request)
    {
        private readonly TaskCompletionSource<HttpResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HttpRequestMessage Request => request;

        public Task<HttpResponseMessage> Answered => _answer.Task;

        public void Answer(HttpResponseMessage response) => _answer.SetResult(response);

        /// <summary>Nobody waits for this any more.</summary>
        public void Drop() => _answer.SetCanceled();
    }
}
