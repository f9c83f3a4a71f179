using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class StoreAuditorTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    public StoreAuditorTests()
    {
        // More contents than it takes in one share.
        using var ledger = Stores.Open(_directory.FullName);
        for (var i = 0; i < 100; i++)
        {
            ledger.KeepContent(new KeepContent($"inst_{i}", null, new byte[] { (byte)i }));
        }

        ledger.Record(StoreEventKind.Accepted, "dpl_1");
    }

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    [Fact]
    public void A_sound_store_is_said_to_be_sound()
    {
        Assert.Null(Audit().Damage);
    }

    [Theory]
    [InlineData("UPDATE contents SET bytes = x'00' WHERE rowid = 100", "the bytes of sha256:")]
    [InlineData("UPDATE contents SET digest = NULL WHERE rowid = 1", "without a name")]
    [InlineData("UPDATE events SET kind = 'applied'", "'events'")]
    public void What_is_not_as_it_was_written_is_found_and_named(string damage, string named)
    {
        Stores.Sql(_directory.FullName, damage);

        Assert.Contains(named, Audit().Damage!.Message);
    }

    private StoreAudited Audit()
    {
        var files = Stores.Settings(_directory.FullName).Files;
        ChildActorOf(Props.Create(() => new StoreAuditor(files, TimeSpan.Zero)));
        return ExpectMsg<StoreAudited>(Patience);
    }
}
