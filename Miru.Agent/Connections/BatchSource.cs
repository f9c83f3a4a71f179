using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Stage;

namespace Miru.Agent.Connections;

/// <summary>
/// Takes batches from a connection's actor, and only when it asked for one: each pull becomes one <see cref="OutputWanted"/>.
/// What is not asked for stays with the actor, where a newer version can still replace it.
/// </summary>
internal sealed class BatchSource(IActorRef connection) : GraphStageWithMaterializedValue<SourceShape<SendBatch>, Action<SendBatch>>
{
    private readonly Outlet<SendBatch> _batches = new("BatchSource.batches");

    public override SourceShape<SendBatch> Shape => new(_batches);

    public override ILogicAndMaterializedValue<Action<SendBatch>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(this, connection);
        return new LogicAndMaterializedValue<Action<SendBatch>>(logic, logic.Offer);
    }

    private sealed class Logic : OutGraphStageLogic
    {
        private readonly IActorRef _connection;

        public Logic(BatchSource stage, IActorRef connection)
            : base(stage.Shape)
        {
            _connection = connection;
            Offer = GetAsyncCallback<SendBatch>(batch => Push(stage._batches, batch));
            SetHandler(stage._batches, this);
        }

        /// <summary>Hands over the one batch that was asked for. Safe from any thread.</summary>
        public Action<SendBatch> Offer { get; }

        public override void OnPull() => _connection.Tell(OutputWanted.Instance, ActorRefs.NoSender);

        public override void OnDownstreamFinish(Exception cause)
        {
            _connection.Tell(new OutputEnded(cause), ActorRefs.NoSender);
            base.OnDownstreamFinish(cause);
        }
    }
}
