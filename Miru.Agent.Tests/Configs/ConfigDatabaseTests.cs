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
    public void A_file_that_is_no_database_is_damage_and_not_a_matter_of_permissions()
    {
        File.WriteAllBytes(StorePath, [.. Enumerable.Repeat((byte)0x55, 8192)]);

        Assert.Throws<StoreDamageException>(() => ConfigDatabase.Open(StorePath));
    }

    [Fact]
    public void A_directory_in_its_place_is_named()
    {
        Directory.CreateDirectory(StorePath);

        Assert.Contains(StorePath, Assert.Throws<StoreException>(() => ConfigDatabase.Open(StorePath)).Message);
    }
}
