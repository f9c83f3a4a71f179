using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class ConfigDatabaseTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string StorePath => _directory.File("store.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void What_it_holds_is_for_the_user_of_the_agent_alone()
    {
        using var database = ConfigDatabase.Open(StorePath);

        Assert.All(
            Directory.GetFiles(_directory.FullName),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_damaged_file_is_to_be_moved_away_and_not_blamed_on_permissions()
    {
        File.WriteAllBytes(StorePath, [.. Enumerable.Repeat((byte)0x55, 8192)]);

        var refused = Assert.Throws<StoreException>(() => ConfigDatabase.Open(StorePath));

        Assert.Contains($"'{StorePath}' is damaged", refused.Message);
        Assert.Contains("Move it away", refused.Message);
    }
}
