using System.Net.Sockets;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Hosting;
using Miru.Agent.Notifications;
using Miru.Agent.Settings;
using Miru.Benchmarks.Link.Peers;

namespace Miru.Benchmarks.Link.Children;

/// <summary>
/// The child process behind <see cref="PushServer"/>: the agent, composed as always, whose notifier is told a new snapshot for each byte that
/// comes in on a socket of its own. Publishing through the cloud would measure the disk. Ends when it is killed.
/// </summary>
internal static class PushProgram
{
    public static async Task RunAsync(string settingsFile, string triggerPath)
    {
        var settings = AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), settingsFile, Environment.GetEnvironmentVariable);
        using var host = new AgentHost(settings, ProcessEnvironment.OfThisProcess()).Build();
        await host.StartAsync();
        var system = host.Services.GetRequiredService<ActorSystem>();
        var notifier = await system.ActorSelection("/user/agent/notifier").ResolveOne(TimeSpan.FromSeconds(10));
        var opened = new TaskCompletionSource<ConfigSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Newcomer(notifier, opened)));
        var snapshot = await opened.Task;
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(triggerPath));
        listener.Listen();
        while (true)
        {
            var client = listener.Accept();
            var ended = new TaskCompletionSource<ConfigSnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
            system.ActorOf(Props.Create(() => new Trigger(client, notifier, snapshot, ended)).WithDispatcher(IoLoopConfigurator.Id));
            snapshot = await ended.Task;
        }
    }

    private static ConfigSnapshot Next(ConfigSnapshot snapshot)
    {
        var sequence = snapshot.Sequence + 1;
        var version = new ConfigVersion(
            AgentServer.Slug, sequence, "sha256:" + new string('0', 64), "dpl_benchmark", "v1.0.0", "text", "/srv/miru/benchmark.txt", new byte[AgentServer.ContentSize]);
        return snapshot with { Sequence = sequence, Configs = snapshot.Configs.SetItem(version.Slug, version) };
    }

    /// <summary>Learns what the store opened with, and leaves: one more subscriber would cost every push a little.</summary>
    private sealed class Newcomer : ReceiveActor
    {
        public Newcomer(IActorRef notifier, TaskCompletionSource<ConfigSnapshot> opened)
        {
            Receive<SnapshotAdvanced>(advanced =>
            {
                opened.TrySetResult(advanced.Snapshot);
                Context.Stop(Self);
            });
            notifier.Tell(Subscribe.Instance);
        }
    }

    /// <summary>Learns of its bytes on the I/O loop: the floor, too, learns of them where it writes.</summary>
    private sealed class Trigger : ReceiveActor
    {
        private readonly SocketChannel _channel;
        private readonly TaskCompletionSource<ConfigSnapshot> _ended;
        private ConfigSnapshot _snapshot;

        public Trigger(Socket client, IActorRef notifier, ConfigSnapshot snapshot, TaskCompletionSource<ConfigSnapshot> ended)
        {
            _channel = new SocketChannel(client, sendBuffer: 4096);
            _snapshot = snapshot;
            _ended = ended;
            Receive<InputReady>(_ => Read(notifier));
        }

        protected override void PreStart()
        {
            _channel.Open(IoLoopDispatcher.LoopOf(Context));
            Self.Tell(InputReady.Instance);
        }

        protected override void PostStop()
        {
            _channel.Dispose();
            _ended.TrySetResult(_snapshot);
        }

        private void Read(IActorRef notifier)
        {
            Span<byte> trigger = stackalloc byte[16];
            var count = _channel.TryReceive(trigger);
            if (count == 0)
            {
                Context.Stop(Self);
                return;
            }

            if (count > 0)
            {
                _snapshot = Next(_snapshot);
                notifier.Tell(new SnapshotAdvanced(_snapshot));
            }

            var self = Self;
            _channel.WhenReadable(() => self.Tell(InputReady.Instance));
        }
    }
}
