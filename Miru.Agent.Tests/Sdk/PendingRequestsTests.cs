using Miru.Protocol;
using Miru.Sdk.Requests;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

[Trait("Clause", "frame-6")]
public sealed class PendingRequestsTests
{
    [Fact]
    public void No_two_questions_under_way_share_a_correlation_and_none_has_0()
    {
        var pending = new PendingRequests(lastTaken: PendingRequests.Reserved - 3);
        var taken = Enumerable.Range(0, 6).Select(_ => pending.Add().Correlation).ToArray();

        Assert.Equal([PendingRequests.Reserved - 2, PendingRequests.Reserved - 1, 1u, 2u, 3u, 4u], taken);
    }

    [Fact]
    public async Task The_end_fails_who_waits_and_who_comes_after()
    {
        var pending = new PendingRequests();
        var (_, answer) = pending.Add();

        pending.End(new IOException("gone"));

        await Assert.ThrowsAsync<SessionLostException>(() => answer);
        Assert.Throws<SessionLostException>(() => pending.Add());
    }

    [Fact]
    public async Task An_answer_reaches_its_question_once()
    {
        var pending = new PendingRequests();
        var (correlation, answer) = pending.Add();

        pending.Answer(correlation + 1, new Done());
        Assert.False(answer.IsCompleted);
        pending.Answer(correlation, new Pong());
        pending.Answer(correlation, new Done());

        Assert.IsType<Pong>(await answer);
    }
}
