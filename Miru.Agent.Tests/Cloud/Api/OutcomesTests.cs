using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Miru.Agent.Cloud.Api;
using Xunit;

namespace Miru.Agent.Tests.Cloud.Api;

/// <summary>The whole table: what to do about every status and every transport failure.</summary>
public sealed class OutcomesTests
{
    [Fact]
    public void Every_status_that_is_no_success_has_one_thing_to_do()
    {
        var expected = new Dictionary<int, FailureKind> { [401] = FailureKind.RefreshToken };
        foreach (var status in (int[])[408, 409, 425, 429])
        {
            expected[status] = FailureKind.RetryLater;
        }

        for (var status = 100; status < 600; status++)
        {
            if (status is >= 200 and < 300)
            {
                continue;
            }

            var kind = expected.TryGetValue(status, out var special) ? special : status >= 500 ? FailureKind.RetryLater : FailureKind.Stop;
            Assert.Equal((status, kind), (status, Outcomes.Of((HttpStatusCode)status, isReport: false, null, "").Kind));
        }
    }

    [Fact]
    public void A_report_is_given_up_where_the_refusal_concerns_it_alone()
    {
        int[] settled = [400, 404, 409, 410, 422];
        for (var status = 400; status < 600; status++)
        {
            var asReport = Outcomes.Of((HttpStatusCode)status, isReport: true, null, "").Kind;
            var other = Outcomes.Of((HttpStatusCode)status, isReport: false, null, "").Kind;
            Assert.Equal((status, settled.Contains(status) ? FailureKind.Ignore : other), (status, asReport));
        }
    }

    [Theory]
    [InlineData(408, true)]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(401, false)]
    [InlineData(403, false)]
    public void The_servers_wish_counts_where_trying_again_makes_sense(int status, bool counts) =>
        Assert.Equal(counts, Outcomes.Of((HttpStatusCode)status, isReport: false, TimeSpan.FromSeconds(7), "").RetryAfter is not null);

    public static TheoryData<Exception, string> TransportFailures => new()
    {
        { new TaskCanceledException(), "did not answer within 30 s" },
        { new OperationCanceledException(), "did not answer within 30 s" },
        { new TaskCanceledException("canceled", new TimeoutException("not established in time")), "cannot be reached: not established in time" },
        { new HttpRequestException("outer", new SocketException((int)SocketError.ConnectionRefused)), "cannot be reached" },
        { new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"), "no such host" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "outer", new AuthenticationException("untrusted root")), "not secure, so nothing was sent: untrusted root" },
        { new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, "headers too long"), "headers too long" },
        { new HttpIOException(HttpRequestError.ResponseEnded, "ended early"), "ended early" },
        { new IOException("reset"), "reset" },
        { new ContractException("'data' is missing"), "does not follow the contract: 'data' is missing" },
    };

    [Theory]
    [MemberData(nameof(TransportFailures))]
    public void Every_transport_failure_is_tried_again_later_and_says_what_it_was(Exception failure, string words)
    {
        var outcome = Outcomes.Of(failure, TimeSpan.FromSeconds(30));

        Assert.Equal(FailureKind.RetryLater, outcome!.Kind);
        Assert.Contains(words, outcome.Reason);
    }

    [Fact]
    public void A_bug_is_not_taken_for_the_weather() => Assert.Null(Outcomes.Of(new InvalidOperationException(), TimeSpan.Zero));
}
