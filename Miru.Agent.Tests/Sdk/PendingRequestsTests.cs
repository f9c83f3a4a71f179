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
        var taken = Enumerable.Range(0, 6).Select(_ => pending.Add(new PromisedAnswer())).ToArray();

        Assert.Equal([PendingRequests.Reserved - 2, PendingRequests.Reserved - 1, 1u, 2u, 3u, 4u], taken);
    }

    [Fact]
    public async Task The_end_fails_who_waits_and_who_comes_after()
    {
        var pending = new PendingRequests();
        var answer = new PromisedAnswer();
        pending.Add(answer);

        pending.End(new IOException("gone"));

        await Assert.ThrowsAsync<SessionLostException>(() => answer.Task);
        Assert.Throws<SessionLostException>(() => pending.Add(answer));
    }

    [Fact]
    public async Task An_answer_reaches_its_question_once()
    {
        var pending = new PendingRequests();
        var answer = new PromisedAnswer();
        var correlation = pending.Add(answer);
        Assert.True(pending.HasPromises);

        pending.Answer(correlation + 1, new Done());
        Assert.False(answer.Task.IsCompleted);
        pending.Answer(correlation, new Pong());
        pending.Answer(correlation, new Done());

        Assert.IsType<Pong>(await answer.Task);
        Assert.False(pending.HasPromises);
    }
}
