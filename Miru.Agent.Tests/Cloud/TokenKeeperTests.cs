using System.Net;
using System.Text;
using Akka.Actor;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Newtonsoft.Json.Linq;
using Xunit;

namespace Miru.Agent.Tests.Cloud;

public sealed class TokenKeeperTests : VirtualTimeKit
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    private readonly TemporaryDirectory _directory = new();
    private readonly CloudSettings _settings;
    private readonly ScriptedServer _server;
    private readonly CloudClient _client;
    private TimeSpan _life = Life;
    private TimeSpan _serverAhead;
    private HttpStatusCode? _refusal;
    private int _issued;

    public TokenKeeperTests()
    {
        _settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud with { StateDirectory = _directory.FullName };
        ReadyKey.PlaceIn(_directory.FullName);
        _server = new ScriptedServer(request => Answer(request));
        _client = new CloudClient(_settings, _server, Time);
    }

    private DateTimeOffset ServerTime => Time.GetUtcNow() + _serverAhead;

    protected override void AfterAll()
    {
        base.AfterAll();
        _client.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void One_token_serves_until_it_is_renewed_ahead_of_its_end()
    {
        var keeper = Start();
        Assert.Equal("token-1", Token(keeper));
        Assert.Equal("token-1", Token(keeper));

        Advance(Life - _settings.TokenRefreshLead);

        AwaitAssert(() => Assert.Equal("token-2", Token(keeper)), Patience);
    }

    [Fact]
    public void A_restart_needs_no_new_token_and_only_the_owner_can_read_the_kept_one()
    {
        Token(Start());

        Assert.Equal("token-1", Token(Start()));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("auth/token.json")));
    }

    [Fact]
    public void A_rejected_token_is_not_granted_again()
    {
        var keeper = Start();
        keeper.Tell(new RejectToken(Token(keeper)));

        Assert.Equal("token-2", Token(keeper));
    }

    [Theory]
    [InlineData(3650)]
    [InlineData(-3650)]
    public void A_clock_that_is_ten_years_off_is_corrected_by_the_servers(int days)
    {
        _serverAhead = TimeSpan.FromDays(days);
        var keeper = Start();

        Assert.Equal("token-1", Token(keeper));
        Assert.Equal(2, _server.Requests.Count);

        Assert.Equal("token-1", Token(Start()));
    }

    [Fact]
    public void A_key_the_cloud_does_not_know_is_said_and_not_asked_again_at_once()
    {
        _refusal = HttpStatusCode.Unauthorized;
        Start().Tell(new GetToken());

        var denied = ExpectMsg<TokenDenied>(Patience);

        Assert.Equal(FailureKind.Stop, denied.Failure.Kind);
        Assert.Contains("enrolled", denied.Failure.Reason);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_renewal_that_fails_leaves_the_old_token_until_its_end()
    {
        var keeper = Start();
        Token(keeper);
        _refusal = HttpStatusCode.BadGateway;

        Advance(Life - _settings.TokenRefreshLead);
        AwaitCondition(() => _server.Requests.Count == 2, Patience);

        Assert.Equal("token-1", Token(keeper));
    }

    [Fact]
    public void A_token_that_was_expired_when_it_was_issued_is_not_asked_for_in_a_loop()
    {
        _life = TimeSpan.FromSeconds(-5);
        Start().Tell(new GetToken());

        Assert.Equal(FailureKind.RetryLater, ExpectMsg<TokenDenied>(Patience).Failure.Kind);
        Advance(TimeSpan.FromHours(1));
        Assert.Single(_server.Requests);
    }

    [Fact]
    public void A_token_without_an_end_is_renewed_within_a_day()
    {
        _life = TimeSpan.FromDays(300_000);
        var keeper = Start();
        Token(keeper);

        Advance(TimeSpan.FromDays(1));

        AwaitAssert(() => Assert.Equal("token-2", Token(keeper)), Patience);
    }

    private IActorRef Start()
    {
        var (settings, client, time) = (_settings, _client, (TimeProvider)Time);
        Func<DateTimeOffset, string> sign = now => DeviceKey.SignJwt(settings.StateDirectory, now);
        return Sys.ActorOf(Props.Create(() => new TokenKeeper(settings, client, sign, time, 7)));
    }

    private string Token(IActorRef keeper)
    {
        keeper.Tell(new GetToken(), TestActor);
        return ExpectMsg<TokenGranted>(Patience).Token;
    }

    /// <summary>Accepts a JWT as the contract does: by the server's own clock.</summary>
    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var payload = JObject.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(request.Headers.Authorization!.Parameter!.Split('.')[1])));
        var (issued, expires, now) = ((long)payload["iat"]!, (long)payload["exp"]!, ServerTime.ToUnixTimeSeconds());
        var response = _refusal is { } status ? new HttpResponseMessage(status)
            : now < issued - 15 || now > expires ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
            : ScriptedServer.Json($$"""{"token":"token-{{++_issued}}","expires_at":"{{ServerTime + _life:O}}"}""");
        response.Headers.Date = ServerTime;
        return response;
    }
}
