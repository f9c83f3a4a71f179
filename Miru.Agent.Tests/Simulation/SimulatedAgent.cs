using Akka.Actor;
using Akka.Streams;
using Miru.Agent.Configs;
using Miru.Agent.Connections;
using Miru.Agent.Connections.Access;
using Miru.Agent.Notifications;
using Miru.Agent.Tests.Connections;
using Miru.Benchmarks.Fleet;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// The agent's notifier and connections, the real actors with their real streams, under a stand-in for the listener: wires in place of
/// accepted sockets.
/// </summary>
internal sealed class SimulatedAgent
{
    private readonly IActorRef _listener;

    public SimulatedAgent(ActorSystem system, ConfigSnapshot snapshot)
    {
        _listener = system.ActorOf(Props.Create(() => new Listener(this)).WithDispatcher(SimulatedDispatcher.Name));
        Publish(snapshot);
    }

    /// <summary>Connections that have not ended.</summary>
    public int Connections { get; private set; }

    /// <summary>Has begun to stop: nobody is accepted any more.</summary>
    public bool IsLeaving { get; private set; }

    public void Accept(IByteChannel wire) => _listener.Tell(wire);

    public void Publish(ConfigSnapshot snapshot) => _listener.Tell(snapshot);

    public void SayGoodbye()
    {
        IsLeaving = true;
        _listener.Tell(Miru.Agent.Connections.SayGoodbye.Instance);
    }

    public void Stop()
    {
        IsLeaving = true;
        _listener.Tell(new Leave());
    }

    private sealed record Leave;

    private sealed class Listener : ReceiveActor
    {
        private static readonly ConnectionTerms Terms = new("miru-agent/0.0.0", "dvc-1", Links.Default with { InitialDemand = 4 });

        private readonly ConfigFrames _frames = new();
        private readonly List<IActorRef> _connections = [];
        private readonly IActorRef _notifier;
        private readonly IMaterializer _materializer;
        private readonly SimulatedAgent _agent;

        public Listener(SimulatedAgent agent)
        {
            _agent = agent;
            _notifier = Context.ActorOf(
                Props.Create(() => new ConfigNotifier(Links.Default.HeartbeatInterval)).WithDispatcher(SimulatedDispatcher.Name));
            _materializer = Context.Materializer(ActorMaterializerSettings.Create(Context.System).WithDispatcher(SimulatedDispatcher.Name));
            Receive<IByteChannel>(Serve);
            Receive<ConfigSnapshot>(snapshot => _notifier.Tell(new SnapshotAdvanced(snapshot)));
            Receive<SayGoodbye>(goodbye =>
            {
                foreach (var connection in _connections)
                {
                    connection.Tell(goodbye);
                }
            });
            Receive<Leave>(_ => Context.Stop(Self));
            Receive<Terminated>(ended =>
            {
                _connections.Remove(ended.ActorRef);
                _agent.Connections--;
            });

            // A subscriber from the start fixes the beat of the heartbeats, which otherwise begins with the first application.
            _notifier.Tell(Subscribe.Instance);
            Receive<SnapshotAdvanced>(_ => { });
            Receive<Beat>(_ => { });
        }

        protected override void PostStop() => _agent.Connections = 0;

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

        private void Serve(IByteChannel wire)
        {
            var peer = new Peer(new PeerCredentials(1, 1000, 1000, []), AccessRights.Everything);
            var (frames, materializer) = (_frames, _materializer);
            var contacts = new ConnectionContacts(_notifier, ActorRefs.Nobody, ActorRefs.Nobody);
            var connection = Context.ActorOf(
                Props.Create(() => new ClientConnection(wire, peer, Terms, frames, contacts, materializer)).WithDispatcher(SimulatedDispatcher.Name));
            Context.Watch(connection);
            _connections.Add(connection);
            _agent.Connections++;
        }
    }
}
