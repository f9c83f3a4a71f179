using System.Net.Sockets;
using System.Runtime.InteropServices;
using Miru.Agent.Tests.Doubles;
using Miru.Sdk;
using Miru.Sdk.Transport;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

/// <summary>From whom the SDK takes configs. Users: 0 root, 1000 the application, 990 the agent, 666 somebody else.</summary>
public sealed partial class AgentIdentityTests
{
    private const uint Self = 1000;
    private const uint Agent = 990;
    private const uint Other = 666;
    private const string RunMiru = "990 0 0";

    [Theory]
    [InlineData(0u, "666!", true, "root serves whatever it likes")]
    [InlineData(Self, "0! 0", true, "our own user could change us anyway")]
    [InlineData(Agent, RunMiru, true, "its directory below root's")]
    [InlineData(Agent, "990! 0 0", true, "what others put into it they serve as themselves")]
    [InlineData(Agent, "990 1000 0 0", true, "below our own home")]
    [InlineData(Other, RunMiru, false, "it got hold of the path only")]
    [InlineData(Other, "990! 0 0", false, "a directory it may write to")]
    [InlineData(Other, "0! 0", false, "/tmp/miru.sock")]
    [InlineData(Other, "666 0! 0", false, "/tmp/miru/miru.sock: it was the first to make the directory")]
    [InlineData(Other, "666 666 0! 0", false, "deeper below /tmp")]
    [InlineData(Other, "666 990 0 0", false, "below a directory of a third")]
    [InlineData(Other, "? 0", false, "a directory nobody can see is nobody's")]
    [InlineData(Other, "", false, "no directory at all")]
    public void Who_is_trusted_by_default(uint server, string above, bool trusted, string because) =>
        Assert.True(AgentIdentity.Trusts(server, Self, null, Places(above)) == trusted, because);

    [Theory]
    [InlineData(0u, true)]
    [InlineData(Agent, true)]
    [InlineData(Self, false)]
    [InlineData(Other, false)]
    public void Only_the_agents_user_and_root_if_it_is_said_who_that_is(uint server, bool trusted) =>
        Assert.Equal(trusted, AgentIdentity.Trusts(server, Self, Agent, Places("666 0 0")));

    [Fact]
    public void The_directories_above_a_socket_are_seen_as_they_are()
    {
        using var directory = new TemporaryDirectory();
        File.SetUnixFileMode(directory.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        var above = AgentIdentity.Place.Above(directory.File("miru.sock")).ToArray();

        Assert.True(above[0].IsSharedForWriting);
        Assert.True(above.Length >= 2);
        Assert.Equal(0u, above[^1].Owner);
        Assert.Null(AgentIdentity.Place.Above("/nowhere/miru.sock").First().Owner);
    }

    /// <summary>Needs the right to become another user; elsewhere the table above has to do.</summary>
    [Fact]
    public async Task An_impostor_is_refused_before_anything_is_sent_to_it()
    {
        if (Environment.UserName != "root")
        {
            return;
        }

        using var directory = new TemporaryDirectory();
        var path = directory.File("miru.sock");
        using var impostor = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        impostor.Bind(new UnixDomainSocketEndPoint(path));
        ListenAs(Other, impostor);

        // One attempt only: a further one would be the next to be accepted.
        var once = new MiruClientOptions { SocketPath = path, MinBackoff = TimeSpan.FromMinutes(1), MaxBackoff = TimeSpan.FromMinutes(1), Random = () => 0.5 };
        var refusal = await Assert.ThrowsAsync<MiruUntrustedAgentException>(() => MiruClient.ConnectAsync(once));

        Assert.Contains($"user {Other}", refusal.Message, StringComparison.Ordinal);
        using var accepted = await impostor.AcceptAsync();
        Assert.Equal(0, await accepted.ReceiveAsync(new byte[1]));

        await using var trusting = await MiruClient.ConnectAsync(once with { AgentUserId = Other, WaitForAgent = false });
        using var trusted = await impostor.AcceptAsync();
        Assert.Equal(1, await trusted.ReceiveAsync(new byte[1]));
    }

    private static IEnumerable<AgentIdentity.Place> Places(string above) => above.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(place => new AgentIdentity.Place(uint.TryParse(place.TrimEnd('!'), out var owner) ? owner : null, place[^1] is '!' or '?'));

    // The kernel takes the credentials at listen(2), of the calling thread; the raw system call changes only that thread.
    private static void ListenAs(uint user, Socket socket)
    {
        var thread = new Thread(() =>
        {
            var setResUid = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.X64 ? 117 : 147;
            Assert.Equal(0, SystemCall(setResUid, -1, (nint)user, -1));
            socket.Listen();
        });
        thread.Start();
        thread.Join();
    }

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint real, nint effective, nint saved);
}
