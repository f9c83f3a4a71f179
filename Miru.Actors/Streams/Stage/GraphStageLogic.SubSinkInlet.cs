using Akka.Streams.Dsl;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Stage;

/// <summary>The head of a substream.</summary>
public abstract partial class GraphStageLogic
{
    /// <summary>An inlet of the stage for a stream that it runs: materialize a source into <see cref="Sink"/>.</summary>
    protected internal sealed class SubSinkInlet<T> : IInletOwner, ISubstreamEnd
    {
        private readonly GraphStageLogic _logic;
        private readonly Inlet<T> _inlet;
        private Connection<T> _connection;
        private IInHandler _handler;
        private bool _pulled;
        private Exception _cancelled;

        public SubSinkInlet(GraphStageLogic logic, string name)
        {
            _logic = logic;
            _inlet = new Inlet<T>(name);
            Sink = new LayoutGraph<SinkShape<T>, NotUsed>(new SinkShape<T>(_inlet), new CustomLayout(Build));
            logic.Register(this);
        }

        public IGraph<SinkShape<T>, NotUsed> Sink { get; }

        public bool IsAvailable => _connection is not null && (_connection.State & Arrived) != 0;

        public bool IsClosed => _connection is null ? _cancelled is not null : (_connection.State & ConsumerClosed) != 0;

        public bool HasBeenPulled => _connection is null ? _pulled : (_connection.State & (Pulled | ConsumerClosed)) == Pulled;

        public void SetHandler(IInHandler handler)
        {
            _handler = handler;
            if (_connection is not null)
            {
                _connection.InHandler = handler;
            }
        }

        /// <exception cref="ArgumentException">No element has arrived, or it was taken.</exception>
        public T Grab() => IsAvailable ? _connection.Grab() : throw new ArgumentException($"Cannot get element from already empty input port [{_inlet}]");

        /// <exception cref="ArgumentException">The port is closed, or has been asked and has not answered.</exception>
        public void Pull()
        {
            if (IsClosed || HasBeenPulled)
            {
                throw new ArgumentException(IsClosed ? $"Cannot pull a closed port [{_inlet}]" : $"Cannot pull port [{_inlet}] twice");
            }

            if (_connection is null)
            {
                _pulled = true;
            }
            else
            {
                _logic.Interpreter.Pull(_connection);
            }
        }

        public void Cancel() => Cancel(SubscriptionWithCancelException.NoMoreElementsNeeded.Instance);

        public void Cancel(Exception cause)
        {
            if (_connection is null)
            {
                _cancelled ??= cause;
            }
            else
            {
                _logic.Interpreter.Cancel(_connection, cause);
            }
        }

        public override string ToString() => $"SubSinkInlet({_inlet})";

        void IInletOwner.Attach(Inlet inlet, Connection connection)
        {
            _connection = (Connection<T>)connection;
            connection.Consumer = _logic;
            connection.ConsumerIsSub = true;
            connection.InHandler = _handler;
            if (_cancelled is not null || _logic.HasStopped)
            {
                _logic.Interpreter.Cancel(connection, _cancelled ?? SubscriptionWithCancelException.StageWasCompleted.Instance);
            }
            else if (_pulled)
            {
                _logic.Interpreter.Pull(connection);
            }
        }

        void ISubstreamEnd.End() => Cancel(SubscriptionWithCancelException.StageWasCompleted.Instance);

        private BuiltLayout Build(GraphAssembly assembly, Attributes inherited)
        {
            if (_connection is not null)
            {
                throw new InvalidOperationException($"{this} can be materialized once only.");
            }

            if (ReferenceEquals(assembly.Interpreter, _logic.Interpreter))
            {
                return new BuiltLayout(NotUsed.Instance, [new InEnd(this, _inlet)], []);
            }

            // The substream runs on another actor: a bridge leads here.
            var bridge = new Bridge<T>();
            Source.FromGraph(bridge.Source).To(Sink).Run(_logic.SubFusingMaterializer);
            return bridge.Sink.GetLayout().Build(assembly, inherited);
        }
    }
}
