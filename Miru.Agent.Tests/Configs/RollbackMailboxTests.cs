using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class RollbackMailboxTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly RollbackRequest _request = new("req_1", "dpl_1");

    private RollbackMailbox Mailbox => new(_directory.FullName);

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_request_waits_until_it_is_answered()
    {
        Mailbox.Post(_request);
        Assert.Equal(_request, Mailbox.Peek());

        Mailbox.Answer(_request, new RollbackResult("dpl_1", "Back."));

        Assert.Null(Mailbox.Peek());
        Assert.Equal("Back.", Mailbox.AnswerTo("req_1")?.Message);
        Assert.Null(Mailbox.AnswerTo("req_2"));
    }

    /// <summary>It would end the store's actor.</summary>
    [Fact]
    public void A_directory_that_takes_no_answer_is_no_failure()
    {
        Mailbox.Post(_request);
        Directory.Delete(_directory.FullName, recursive: true);

        Mailbox.Answer(_request, new RollbackResult("dpl_1", "Back."));

        Directory.CreateDirectory(_directory.FullName);
    }
}
