using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class RequestTests : IAsyncLifetime
{
    private static readonly Cursor One = new("e-1", 1);
    private readonly FakeAgent _agent = FakeAgent.InMemory();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _agent.DisposeAsync();

    [Fact]
    [Trait("Clause", "get-1")]
    public async Task A_config_arrives_byte_for_byte()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var asked = miru.GetAsync("a");
        var (get, correlation) = await link.Connection.ExpectAsync<Get>();
        var sent = Wire.Config("a", 7, "") with { Content = new byte[] { 0, 255, 13, 10 } };

        await link.Connection.SendAsync(sent, correlation);

        var config = await asked;
        Assert.Equal("a", get.Slug);
        Assert.Equal(sent.Content.ToArray(), config.Content.ToArray());
        Assert.Equal((new Cursor("e-1", 7), sent.Digest, "dpl_7", "v7", "json", "/srv/a.json"),
            (config.Cursor, config.Digest, config.Deployment, config.Release, config.Format, config.Path));
    }

    [Fact]
    [Trait("Clause", "frame-6")]
    public async Task Answers_find_their_questions_in_any_order()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var first = miru.GetAsync("a");
        var (_, firstCorrelation) = await link.Connection.ExpectAsync<Get>();
        var second = miru.GetAsync("b");
        var (_, secondCorrelation) = await link.Connection.ExpectAsync<Get>();

        await link.Connection.SendAsync(new Pong(), 12345);
        await link.Connection.SendAsync(Wire.Config("b", 1, "b1"), secondCorrelation);
        await link.Connection.SendAsync(Wire.Config("a", 1, "a1"), firstCorrelation);

        Assert.Equal(("a1", "b1"), ((await first).Text, (await second).Text));
    }

    [Fact]
    [Trait("Clause", "demand-1")]
    public async Task No_more_than_32_questions_are_under_way()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var asked = Enumerable.Range(0, 33).Select(_ => miru.GetAsync("a")).ToArray();
        var correlations = new HashSet<uint>();
        for (var question = 0; question < 32; question++)
        {
            correlations.Add((await link.Connection.ExpectAsync<Get>()).Correlation);
        }

        // A heartbeat is answered by a PING at most two later: had the 33rd question been sent, it would come first.
        await link.Connection.SendAsync(new Heartbeat(One));
        await link.Connection.SendAsync(new Heartbeat(One));
        await link.Connection.ExpectAsync<Ping>();
        await link.Connection.SendAsync(Wire.Config("a", 1, "a1"), correlations.First());
        var (_, last) = await link.Connection.ExpectAsync<Get>();

        Assert.Equal(32, correlations.Count);
        Assert.Equal("a1", (await await Task.WhenAny(asked)).Text);
        Assert.NotEqual(0u, last);
    }

    [Fact]
    [Trait("Clause", "error-1")]
    public async Task A_refusal_names_its_code_and_what_to_check()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var asked = miru.GetAsync("gripper");
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();

        await link.Connection.SendAsync(
            new ErrorMessage(ErrorCodes.ConfigNotFound, "no config is named 'gripper'", null, false), correlation);

        var refusal = await Assert.ThrowsAsync<MiruConfigNotFoundException>(() => asked);
        Assert.Equal((ErrorCodes.ConfigNotFound, false), (refusal.ErrorCode, refusal.IsTransient));
        Assert.Contains("ListAsync", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_without_answer_ends_at_its_deadline_and_a_late_answer_harms_nobody()
    {
        var time = new VirtualTime();
        await using var link = new Link(_agent);
        var options = _agent.Options(time) with { RequestTimeout = TimeSpan.FromSeconds(2) };
        var miru = await link.ConnectAsync(options, One);
        var asked = miru.GetAsync("a");
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();

        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(ErrorCodes.Timeout, (await Assert.ThrowsAsync<MiruTimeoutException>(() => asked)).ErrorCode);
        await link.Connection.SendAsync(Wire.Config("a", 1, "late"), correlation);
        await link.CaughtUpAsync();
        Assert.Equal(MiruConnectionState.Live, miru.State);
    }

    [Fact]
    public async Task A_question_whose_connection_was_lost_is_asked_again_over_the_next()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        var asked = miru.GetAsync("a");
        await link.Connection.ExpectAsync<Get>();

        await link.RestartAsync();
        await link.Connection.GreetAsync(One);
        var (_, correlation) = await link.Connection.ExpectAsync<Get>();
        await link.Connection.SendAsync(Wire.Config("a", 1, "a1"), correlation);

        Assert.Equal("a1", (await asked).Text);
    }

    [Fact]
    public async Task A_question_while_the_agent_is_away_fails_with_the_reason_why_it_is()
    {
        var time = new VirtualTime();
        _agent.GoDown();
        await using var miru = await MiruClient.ConnectAsync(
            _agent.Options(time) with { WaitForAgent = false, RequestTimeout = TimeSpan.FromSeconds(1), Random = () => 0.5 });
        await time.ArmedAsync(TimeSpan.FromMilliseconds(50));
        var asked = miru.GetAsync("a");

        await time.ArmedAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));

        var failure = await Assert.ThrowsAsync<MiruConnectionException>(() => asked);
        Assert.Contains("Nobody listens", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_cancelled_question_says_so()
    {
        await using var link = new Link(_agent);
        var miru = await link.ConnectAsync(One);
        using var cancel = new CancellationTokenSource();
        var asked = miru.GetAsync("a", cancel.Token);
        await link.Connection.ExpectAsync<Get>();

        await cancel.CancelAsync();

        Assert.Equal(cancel.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked)).CancellationToken);
    }
}
