using System.Diagnostics;
using System.Net.Sockets;
using Miru.Agent.Connections;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Connections;

[Trait("Clause", "hello-3")]
public sealed class PeerCredentialsTests : IDisposable
{
    private const string Connector = "socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, pack_sockaddr_un($ARGV[0])) or die $!; sysread(S, $_, 1)";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_kernel_says_who_connected()
    {
        using var listener = Listen();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(_directory.File("s")));
        using var accepted = listener.Accept();

        Assert.Equal(Environment.ProcessId, PeerCredentials.Of(accepted).ProcessId);
    }

    [RootTheory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1000)]
    public void Another_user_and_all_its_groups_are_known(int count)
    {
        uint[] groups = [.. Enumerable.Range(5000, count).Select(id => (uint)id)];
        using var listener = Listen();
        string[] membership = count == 0 ? ["--clear-groups"] : ["--groups", string.Join(',', groups)];
        using var other = Process.Start("setpriv", [
            "--reuid", "4711", "--regid", "4712", .. membership, "/usr/bin/perl", "-MSocket", "-e", Connector, _directory.File("s")]);
        Assert.True(listener.Poll(TimeSpan.FromSeconds(30), SelectMode.SelectRead), "the other user did not connect");
        using var accepted = listener.Accept();
        var credentials = PeerCredentials.Of(accepted);
        accepted.Dispose();
        other.WaitForExit();

        Assert.Equal((4711u, 4712u), (credentials.UserId, credentials.GroupId));
        Assert.Equal(groups, credentials.Groups.Order());
    }

    private Socket Listen()
    {
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(_directory.File("s")));
        File.SetUnixFileMode(_directory.File("s"), (UnixFileMode)Convert.ToInt32("666", 8));
        listener.Listen();
        return listener;
    }
}
