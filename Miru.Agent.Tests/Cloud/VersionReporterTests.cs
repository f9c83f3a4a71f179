using System.Net;
using Akka.Actor;
using Akka.TestKit;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class VersionReporterTests : VirtualTimeKit
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CloudSettings _settings;
    private readonly ScriptedServer _server;
    private readonly CloudClient _client;
    private readonly TestProbe _tokens;
    private HttpStatusCode _answer = HttpStatusCode.OK;

    public VersionReporterTests()
    {
        _settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud with { StateDirectory = _directory.FullName };
        _server = new ScriptedServer(_ => ScriptedServer.Json(_answer, "{}"));
        _client = new CloudClient(_settings, _server, Time);
        _tokens = CreateTestProbe();
    }

    private string? Told => ReportedVersion.TryRead(_directory.FullName);

    protected override void AfterAll()
    {
        base.AfterAll();
        _client.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_upgrade_is_told_once()
    {
        ReportedVersion.Write(_directory.FullName, "v0.0.1");
        Start();
        Grant();

        AwaitCondition(() => Told == AgentHeaders.Version, Patience);

        var request = Assert.Single(_server.Requests);
        Assert.Equal((HttpMethod.Patch, "/agent/v1/devices/dvc_1"), (request.Method, request.RequestUri!.AbsolutePath));
        Assert.True(await Start().GracefulStop(Patience));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_cloud_that_fails_is_told_later()
    {
        _answer = HttpStatusCode.BadGateway;
        Start();
        Grant();
        AwaitCondition(() => _server.Requests.Count == 1, Patience);
        _answer = HttpStatusCode.OK;

        AwaitAssert(
            () =>
            {
                Advance(_settings.BackoffMin);
                _tokens.ExpectMsg<GetToken>(TimeSpan.FromMilliseconds(100));
            },
            Patience);
        _tokens.Reply(new TokenGranted("token"));

        AwaitCondition(() => Told == AgentHeaders.Version, Patience);
    }

    [Fact]
    public void A_cloud_that_does_not_know_the_request_is_not_bothered_again()
    {
        _answer = HttpStatusCode.NotFound;
        Start();
        Grant();

        AwaitCondition(() => Told == AgentHeaders.Version, Patience);
    }

    private void Grant()
    {
        _tokens.ExpectMsg<GetToken>(Patience);
        _tokens.Reply(new TokenGranted("token"));
    }

    private IActorRef Start()
    {
        var (settings, client, tokens) = (_settings, _client, _tokens.Ref);
        return Sys.ActorOf(Props.Create(() => new VersionReporter(settings, client, "dvc_1", tokens, 7)));
    }
}
