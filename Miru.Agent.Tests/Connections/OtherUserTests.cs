using System.Diagnostics;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>Processes of other users over a real socket: rights hang on what the kernel says.</summary>
[Trait("Clause", "hello-3")]
public sealed class OtherUserTests : TestKit
{
    private const string Speaker =
        "socket(S, PF_UNIX, SOCK_STREAM, 0); connect(S, pack_sockaddr_un($ARGV[0])) or die $!; syswrite(S, pack('H*', $ARGV[1])); shutdown(S, 1);"
        + "while (sysread(S, $b, 65536)) { print unpack('H*', $b) }";

    private readonly TemporaryDirectory _directory = new();

    public OtherUserTests()
    {
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)Convert.ToInt32("755", 8));
        IoLoopConfigurator.Register(Sys);
        var notifier = Sys.ActorOf(Props.Create(() => new ConfigNotifier(TimeSpan.FromHours(1))));
        notifier.Tell(new SnapshotAdvanced(new Snapshots().Publish("lidar-front", "secret")));
        var settings = new SocketSettings(_directory.File("s"), (UnixFileMode)Convert.ToInt32("666", 8), "");
        var terms = new ConnectionTerms("miru-agent/0.0.0", null, Links.Default);
        var access = new AccessRules([new(new Principal.Group(4800), Operations.Read, [new("lidar-*")])], Accounts.OwnUser, Accounts.UnknownUser);
        var status = CreateTestProbe().Ref;
        ChildActorOf(
            Props.Create(() => new SocketListener(settings, null, terms, access, notifier, status, TimeProvider.System)).WithDispatcher(IoLoopConfigurator.Id));
        ExpectMsg<Listening>();
    }

    [RootFact]
    public void A_member_of_a_group_sees_what_the_group_may_see()
    {
        var heard = Converse("--reuid", "4711", "--regid", "4712", "--groups", "4800");

        Assert.Equal(["lidar-front"], Assert.IsType<Listed>(heard[1]).Configs.Select(config => config.Slug));
        Assert.Equal(ErrorCodes.ConfigNotFound, Assert.IsType<ErrorMessage>(heard[2]).Code);
        Assert.Equal(ErrorCodes.AccessDenied, Assert.IsType<ErrorMessage>(heard[3]).Code);
    }

    [RootFact]
    public void A_stranger_is_denied_everything_and_told_so() =>
        Assert.All(Converse("--reuid", "4711", "--regid", "4712", "--clear-groups").Skip(1), IsDenied);

    [RootFact]
    public void Nobody_has_no_right_even_as_a_member() =>
        Assert.All(Converse("--reuid", "65534", "--regid", "65534", "--groups", "4800").Skip(1), IsDenied);

    [RootFact]
    public void Root_sees_all() =>
        Assert.Equal(["lidar-front", "secret"], Assert.IsType<Listed>(Converse("--reuid", "0", "--clear-groups")[1]).Configs.Select(config => config.Slug));

    protected override void AfterAll()
    {
        base.AfterAll();
        _directory.Dispose();
    }

    private static void IsDenied(Message answer) => Assert.Equal(ErrorCodes.AccessDenied, Assert.IsType<ErrorMessage>(answer).Code);

    /// <summary>What another user hears to HELLO, LIST, GET of the secret, GET_STATUS.</summary>
    private List<Message> Converse(params string[] identity)
    {
        byte[] said =
        [
            .. MessageCodec.Encode(new Hello([1], [], "other", "perl/5"), 1), .. MessageCodec.Encode(new List(), 2),
            .. MessageCodec.Encode(new Get("secret"), 3), .. MessageCodec.Encode(new GetStatus(), 4),
        ];
        using var other = Process.Start(new ProcessStartInfo(
            "setpriv", [.. identity, "/usr/bin/perl", "-MSocket", "-e", Speaker, _directory.File("s"), Convert.ToHexStringLower(said)])
        {
            RedirectStandardOutput = true,
        })!;
        var bytes = Convert.FromHexString(other.StandardOutput.ReadToEnd());
        other.WaitForExit();
        var heard = new List<Message>();
        while (bytes.Length > 0)
        {
            var read = FrameReader.Read(bytes, ProtocolLimits.MaxLength);
            heard.Add(MessageCodec.Decode(read.Frame).Message!);
            bytes = bytes[read.Length..];
        }

        Assert.IsType<Welcome>(heard[0]);
        return heard;
    }
}
