using Miru.Agent.Configs;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Configs;

public sealed class StateDirectoryLockTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_second_agent_is_told_which_directory_is_taken()
    {
        using var first = StateDirectoryLock.Take(_directory.FullName);

        var refused = Assert.Throws<StoreException>(() => StateDirectoryLock.Take(_directory.FullName));

        Assert.StartsWith($"Another miru-agent uses the state directory '{_directory.FullName}'", refused.Message);
    }

    [Fact]
    public void Nobody_else_may_hold_the_lock_against_the_agent()
    {
        using var taken = StateDirectoryLock.Take(_directory.FullName);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_directory.File("agent.lock")));
    }

    [Fact]
    public void A_directory_that_was_left_is_free()
    {
        StateDirectoryLock.Take(_directory.FullName).Dispose();

        StateDirectoryLock.Take(_directory.FullName).Dispose();
    }

    [Fact]
    public void A_missing_directory_is_made()
    {
        using var taken = StateDirectoryLock.Take(_directory.File("state"));

        Assert.True(Directory.Exists(_directory.File("state")));
    }

    [Fact]
    public void A_directory_that_cannot_be_used_is_named()
    {
        File.WriteAllText(_directory.File("file"), "");

        Assert.Contains(_directory.File("file"), Assert.Throws<StoreException>(() => StateDirectoryLock.Take(_directory.File("file"))).Message);
    }
}
