using FsCheck;
using FsCheck.Fluent;
using Miru.Agent.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class RegistrationTableTests
{
    [Fact]
    public void A_token_finds_its_owner_and_after_the_removal_nobody()
    {
        var table = new RegistrationTable<string>();
        var token = table.Add("first");
        Assert.Equal("first", table.Find(token));

        table.Remove(token);
        var next = table.Add("next owner of the place");

        Assert.Null(table.Find(token));
        Assert.Equal("next owner of the place", table.Find(next));
    }

    [Fact]
    public void A_token_that_was_never_given_finds_nobody()
    {
        var table = new RegistrationTable<string>();
        table.Add("first");

        Assert.Null(table.Find(ulong.MaxValue));
        Assert.Null(table.Find(15));
        Assert.Null(table.Find(1UL << 32));
    }

    /// <summary>Against a dictionary, in any order of comings and goings: a token never means two owners.</summary>
    [Fact]
    public void Whatever_comes_and_goes_each_token_means_one_owner()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(500),
            Prop.ForAll(Gen.Choose(-40, 40).ListOf().ToArbitrary(), Run));
    }

    private static void Run(IEnumerable<int> steps)
    {
        var table = new RegistrationTable<object>();
        var present = new Dictionary<ulong, object>();
        var gone = new List<ulong>();
        foreach (var step in steps)
        {
            if (step >= 0)
            {
                var owner = new object();
                present.Add(table.Add(owner), owner);
            }
            else if (present.Count > 0)
            {
                var token = present.Keys.ElementAt(-step % present.Count);
                present.Remove(token);
                gone.Add(token);
                table.Remove(token);
            }

            Assert.Equal(present.Count, table.Count);
            Assert.All(present, entry => Assert.Same(entry.Value, table.Find(entry.Key)));
            Assert.All(gone, token => Assert.Null(table.Find(token)));
        }
    }
}
