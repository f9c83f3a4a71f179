using Miru.Agent.Connections;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class SocketActivationTests
{
    private readonly Dictionary<string, string> _environment = new()
    {
        ["LISTEN_PID"] = "7",
        ["LISTEN_FDS"] = "1",
        ["LISTEN_FDNAMES"] = "miru",
        ["OTHER"] = "kept",
    };

    [Fact]
    public void What_is_meant_for_this_process_is_taken_out_of_the_environment()
    {
        Assert.NotNull(Read());
        Assert.Equal(["OTHER"], _environment.Keys);
    }

    [Theory]
    [InlineData("LISTEN_PID", "8")]
    [InlineData("LISTEN_PID", null)]
    [InlineData("LISTEN_FDS", "0")]
    [InlineData("LISTEN_FDS", "-1")]
    [InlineData("LISTEN_FDS", "many")]
    [InlineData("LISTEN_FDS", null)]
    public void What_is_meant_for_another_or_is_nothing_is_ignored(string name, string? value)
    {
        if (value is null)
        {
            _environment.Remove(name);
        }
        else
        {
            _environment[name] = value;
        }

        Assert.Null(Read());
        Assert.Equal(["OTHER"], _environment.Keys);
    }

    [Fact]
    public void Several_sockets_of_which_none_has_our_name_are_refused()
    {
        (_environment["LISTEN_FDS"], _environment["LISTEN_FDNAMES"]) = ("2", "a:b");
        var refused = Assert.Throws<SocketClaimException>(() => Read()!.Choose());

        Assert.Contains("of the 2 sockets (a, b) not exactly one is called miru", refused.Message);
    }

    [Theory]
    [InlineData("1", "miru-agent.socket", 3)]
    [InlineData("1", null, 3)]
    [InlineData("3", "a:miru:b", 4)]
    public void The_socket_of_our_name_is_chosen_and_a_single_one_whatever_its_name(string count, string? names, int descriptor)
    {
        _environment["LISTEN_FDS"] = count;
        _environment.Remove("LISTEN_FDNAMES");
        if (names is not null)
        {
            _environment["LISTEN_FDNAMES"] = names;
        }

        Assert.Equal(descriptor, Read()!.Choose());
    }

    private SocketActivation? Read() =>
        SocketActivation.FromEnvironment(name => _environment.GetValueOrDefault(name), name => _environment.Remove(name), processId: 7);
}
