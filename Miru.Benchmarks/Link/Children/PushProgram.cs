using System.Net.Sockets;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Miru.Agent.Configs;
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
        Serve(triggerPath, notifier, await opened.Task);
    }

    /// <summary>On this thread, blocking: the floor learns of its triggers with one system call too.</summary>
    private static void Serve(string path, IActorRef notifier, ConfigSnapshot snapshot)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var trigger = new byte[1];
        while (true)
        {
            using var client = listener.Accept();
            while (client.Receive(trigger) > 0)
            {
                snapshot = Next(snapshot);
                notifier.Tell(new SnapshotAdvanced(snapshot));
            }
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
}
