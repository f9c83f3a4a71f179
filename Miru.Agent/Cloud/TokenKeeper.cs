using Akka.Actor;
using Akka.Event;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Cloud.Identity;
using Miru.Agent.Cloud.Scheduling;

namespace Miru.Agent.Cloud;

/// <summary>
/// Keeps a device token fresh.
/// <para>Owns: the current token, its file, what is known of the server's clock.</para>
/// <para>Receives: <see cref="GetToken"/>, <see cref="RejectToken"/>.</para>
/// <para>Tells: who asked, a token or why there is none; the token's remaining life is measured, not read off a wall clock.</para>
/// <para>On failure: who asked backs off; a renewal ahead of time is tried again and the old token serves until its end.</para>
/// </summary>
internal sealed class TokenKeeper : ReceiveActor, IWithTimers
{
    /// <summary>Below this the two clocks agree well enough for a token that lives two minutes.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(30);

    /// <summary>No token is trusted longer than this, whatever its issuer or a file says: a clock that stands in the past makes any token look young.</summary>
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(1);

    private readonly CloudSettings _settings;
    private readonly CloudClient _client;
    private readonly Func<DateTimeOffset, string> _sign;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly CancellationTokenSource _stopped = new();
    private readonly HashSet<IActorRef> _waiting = [];
    private string? _token;
    private long _grantedAt;
    private TimeSpan _life;
    private TimeSpan _clockOffset;
    private bool _asking;
    private bool _clockCorrected;

    /// <param name="sign">Makes the JWT of a moment (<see cref="DeviceKey.SignJwt(string, DateTimeOffset)"/>).</param>
    /// <param name="seed">Spreads the renewals of a fleet whose tokens were issued together.</param>
    public TokenKeeper(CloudSettings settings, CloudClient client, Func<DateTimeOffset, string> sign, TimeProvider time, int seed)
    {
        _settings = settings;
        _client = client;
        _sign = sign;
        _time = time;
        _random = new Random(seed);

        Receive<GetToken>(_ => Grant());
        Receive<RejectToken>(rejected =>
        {
            if (rejected.Token == _token)
            {
                _token = null;
            }
        });
        Receive<RenewalDue>(_ => Ask());
        Receive<CloudResult<IssuedToken>>(Answered);
        Receive<Status.Failure>(broken => throw new InvalidOperationException("A request for a token broke down.", broken.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private TimeSpan Left => _life - _time.GetElapsedTime(_grantedAt);

    protected override void PreStart()
    {
        if (TokenFile.TryRead(_settings.StateDirectory) is { } kept && kept.ExpiresAt - _time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            Take(kept.Token, left);
        }
    }

    protected override void PostStop()
    {
        _stopped.Cancel();
        _stopped.Dispose();
    }

    private void Grant()
    {
        if (_token is not null && Left > TimeSpan.Zero)
        {
            Sender.Tell(new TokenGranted(_token));
            return;
        }

        _waiting.Add(Sender);
        Ask();
    }

    private void Ask()
    {
        if (_asking)
        {
            return;
        }

        try
        {
            var jwt = _sign(_time.GetUtcNow() + _clockOffset);
            _asking = true;
            _client.IssueTokenAsync(jwt, _stopped.Token).PipeTo(Self);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            Deny(new CloudFailure(FailureKind.Stop, unusable.Message));
        }
    }

    private void Answered(CloudResult<IssuedToken> result)
    {
        _asking = false;
        var clockWasWrong = NoteClock(result.ServerTime);
        var life = result.Value?.ExpiresAt - (_time.GetUtcNow() + _clockOffset);
        if (result.Value is { } issued && life > TimeSpan.Zero)
        {
            _clockCorrected = false;
            Take(issued.Token, life.Value);
            Keep(issued);
            foreach (var asker in _waiting)
            {
                asker.Tell(new TokenGranted(issued.Token));
            }

            _waiting.Clear();
        }
        else if (clockWasWrong && !_clockCorrected)
        {
            // A JWT signed by a wrong clock is expired or not yet valid: sign once more by the server's.
            _clockCorrected = true;
            Ask();
        }
        else
        {
            Deny(result.Failure ?? new CloudFailure(FailureKind.RetryLater, "the cloud issued a token that has expired already"));
        }
    }

    private void Take(string token, TimeSpan life)
    {
        _token = token;
        _life = life < LongestLife ? life : LongestLife;
        _grantedAt = _time.GetTimestamp();
        Timers.StartSingleTimer(RenewalDue.Instance, RenewalDue.Instance, TokenLife.RenewIn(_life, _settings.TokenRefreshLead, _random.NextDouble()));
    }

    private void Deny(CloudFailure failure)
    {
        // The cloud does not know the device's own signature: asking with a fresh one is all that could be done, and was.
        var denied = failure.Kind == FailureKind.RefreshToken
            ? new CloudFailure(FailureKind.Stop, $"the device's key is not accepted: {failure.Reason}; check in the cloud that this device is enrolled")
            : failure;
        foreach (var asker in _waiting)
        {
            asker.Tell(new TokenDenied(denied));
        }

        _waiting.Clear();
        if (_token is not null && Left > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(RenewalDue.Instance, RenewalDue.Instance, TokenLife.RenewIn(Left, _settings.TokenRefreshLead, _random.NextDouble()));
        }
    }

    private bool NoteClock(DateTimeOffset? serverTime)
    {
        if (serverTime is not { } server || (server - (_time.GetUtcNow() + _clockOffset)).Duration() < ClockTolerance)
        {
            return false;
        }

        _clockOffset = server - _time.GetUtcNow();
        _log.Warning("This computer's clock differs from the cloud's by {0}. The agent corrects for it; check the time service.", Pause.Words(_clockOffset));
        return true;
    }

    private void Keep(IssuedToken issued)
    {
        try
        {
            // By our own clock, for our own next start.
            TokenFile.Write(_settings.StateDirectory, issued with { ExpiresAt = issued.ExpiresAt - _clockOffset });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _log.Warning("The device token cannot be kept on disk: {0}. The next start will ask for a new one.", failure.Message);
        }
    }

    private sealed record RenewalDue
    {
        public static readonly RenewalDue Instance = new();
    }
}
