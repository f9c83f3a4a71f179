using System.Net.Sockets;
using Miru.Agent.Connections;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Connections;

public sealed class SocketOwnershipTests : IDisposable
{
    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly TemporaryDirectory _directory = new();

    private string SocketPath => _directory.File("run/miru.sock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Creates_the_directory_and_listens_with_the_mode()
    {
        using var owned = Claim();
        using var client = Connect();

        Assert.True(client.Connected);
        Assert.Equal(Mode, File.GetUnixFileMode(SocketPath));
    }

    [Fact]
    public void Leaves_no_socket_behind()
    {
        Claim().Dispose();

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void Refuses_a_path_that_another_agent_holds_and_leaves_it_alone()
    {
        using var first = Claim();

        var refusal = Assert.Throws<SocketClaimException>(Claim);

        Assert.Contains("another miru-agent", refusal.Message);
        using var client = Connect();
        Assert.True(client.Connected);
    }

    [Fact]
    public void Refuses_a_socket_that_somebody_else_serves()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        using var other = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(SocketPath));
        other.Listen();

        var refusal = Assert.Throws<SocketClaimException>(Claim);

        Assert.Contains("another process serves", refusal.Message);
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public void Replaces_the_socket_of_a_dead_agent()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        NativeSocketFile.Bind(SocketPath).Dispose();
        Assert.True(File.Exists(SocketPath));

        using var owned = Claim();
        using var client = Connect();

        Assert.True(client.Connected);
    }

    [Fact]
    public void Refuses_a_regular_file_and_keeps_it()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        File.WriteAllText(SocketPath, "precious");

        var refusal = Assert.Throws<SocketClaimException>(Claim);

        Assert.Contains("not a socket", refusal.Message);
        Assert.Equal("precious", File.ReadAllText(SocketPath));
    }

    [Fact]
    public void Refuses_a_link_even_to_a_socket()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SocketPath)!);
        var target = _directory.File("elsewhere.sock");
        NativeSocketFile.Bind(target).Dispose();
        File.CreateSymbolicLink(SocketPath, target);

        Assert.Throws<SocketClaimException>(Claim);

        Assert.True(File.Exists(target));
    }

    [Fact]
    public void Does_not_unlink_what_somebody_else_bound_since()
    {
        var owned = Claim();
        File.Delete(SocketPath);
        using var successor = NativeSocketFile.Bind(SocketPath);

        owned.Dispose();

        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public void An_unknown_group_is_named_and_nothing_is_left()
    {
        var refusal = Assert.Throws<SocketClaimException>(
            () => SocketOwnership.Claim(SocketPath, Mode, "no-such-group-anywhere", backlog: 16));

        Assert.Contains("create it (groupadd --system no-such-group-anywhere) or change miru.socket.group", refusal.Message);
        Assert.False(File.Exists(SocketPath));
        Claim().Dispose();
    }

    [Fact]
    public void A_path_the_kernel_cannot_hold_is_refused() =>
        Assert.Throws<SocketClaimException>(() => SocketOwnership.Claim("/" + new string('x', 107), Mode, null, backlog: 16));

    [Fact]
    public void The_longest_path_the_kernel_holds_is_served()
    {
        var path = _directory.File("s").PadRight(NativeSocketFile.MaxPathBytes, 'x');
        using var owned = SocketOwnership.Claim(path, Mode, null, backlog: 16);
        using var client = Connect(path);

        Assert.True(client.Connected);
    }

    [Fact]
    public void The_kernel_says_who_connected()
    {
        using var owned = Claim();
        using var client = Connect();
        using var accepted = owned.Listener.Accept();

        Assert.Equal(Environment.ProcessId, PeerCredentials.Of(accepted).ProcessId);
    }

    private SocketOwnership Claim() => SocketOwnership.Claim(SocketPath, Mode, group: "", backlog: 16);

    private Socket Connect(string? path = null)
    {
        var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path ?? SocketPath));
        return client;
    }
}
