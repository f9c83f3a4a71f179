using Akka.Streams.Dsl;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Stage;

/// <summary>Ports for streams that a stage runs itself. They do not keep the stage alive, and end with it.</summary>
public abstract partial class GraphStageLogic
{
    private List<ISubstreamEnd> _substreams;
    private StageActor _stageActor;

    /// <exception cref="InvalidOperationException"><see cref="GetStageActor"/> has not been called.</exception>
    public StageActor StageActor => _stageActor
        ?? throw new InvalidOperationException("You must first call GetStageActor, to initialize the actor's behavior.");

    protected virtual string StageActorName => "stage";

    protected internal SubSinkInlet<T> CreateSubSinkInlet<T>(string name) => new(this, name);

    /// <summary>The reference by which this stage talks with actors; made at the first call, later calls replace its receive function.</summary>
    protected internal StageActor GetStageActor(StageActorRef.Receive receive)
    {
        if (_stageActor is null)
        {
            _stageActor = new StageActor(this, StageActorName, receive);
        }
        else
        {
            _stageActor.Become(receive);
        }

        return _stageActor;
    }

    private void EndSubstreams()
    {
        _stageActor?.Stop();
        if (_substreams is { } ends)
        {
            _substreams = null;
            ends.ForEach(end => end.End());
        }
    }

    private void Register(ISubstreamEnd end)
    {
        _substreams ??= [];
        _substreams.RemoveAll(other => other.IsClosed);
        _substreams.Add(end);
    }

    private interface ISubstreamEnd
    {
        bool IsClosed { get; }

        void End();
    }

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
            Sink = new ModuleGraph<SinkShape<T>, NotUsed>(new SinkShape<T>(_inlet), new CustomModule(Build));
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

        private BuiltModule Build(GraphAssembly assembly, Attributes inherited)
        {
            if (_connection is not null)
            {
                throw new InvalidOperationException($"{this} can be materialized once only.");
            }

            if (ReferenceEquals(assembly.Interpreter, _logic.Interpreter))
            {
                return new BuiltModule(NotUsed.Instance, [new InEnd(this, _inlet)], []);
            }

            // The substream runs on another actor: a bridge leads here.
            var bridge = new Bridge<T>();
            Source.FromGraph(bridge.Source).To(Sink).Run(_logic.SubFusingMaterializer);
            return bridge.Sink.Module.Build(assembly, inherited);
        }
    }

    /// <summary>An outlet of the stage for a stream that it runs: materialize <see cref="Source"/> into a sink.</summary>
    protected internal sealed class SubSourceOutlet<T> : IOutletOwner, ISubstreamEnd
    {
        private readonly GraphStageLogic _logic;
        private readonly Outlet<T> _outlet;
        private Connection<T> _connection;
        private IOutHandler _handler;
        private bool _ended;
        private Exception _failure;

        public SubSourceOutlet(GraphStageLogic logic, string name)
        {
            _logic = logic;
            _outlet = new Outlet<T>(name);
            Source = new ModuleGraph<SourceShape<T>, NotUsed>(new SourceShape<T>(_outlet), new CustomModule(Build));
            logic.Register(this);
        }

        public IGraph<SourceShape<T>, NotUsed> Source { get; }

        public bool IsAvailable => _connection is not null && (_connection.State & MayPush) != 0;

        public bool IsClosed => _connection is null ? _ended : (_connection.State & ProducerClosed) != 0;

        public void SetHandler(IOutHandler handler)
        {
            _handler = handler;
            if (_connection is not null)
            {
                _connection.OutHandler = handler;
            }
        }

        /// <exception cref="ArgumentException">The port is closed, or has not been pulled since the last element.</exception>
        public void Push(T elem)
        {
            if (IsClosed || !IsAvailable)
            {
                throw new ArgumentException(IsClosed
                    ? $"Cannot push a closed port [{_outlet}]"
                    : $"Cannot push port [{_outlet}] twice, or before it being pulled");
            }

            if ((_connection.State & ConsumerClosed) == 0)
            {
                _connection.Slot = elem;
                _logic.Interpreter.Push(_connection);
            }
        }

        public void Complete() => Close(null);

        public void Fail(Exception ex) => Close(ex ?? throw new ArgumentNullException(nameof(ex)));

        public override string ToString() => $"SubSourceOutlet({_outlet})";

        void IOutletOwner.Attach(Outlet outlet, Connection connection)
        {
            _connection = (Connection<T>)connection;
            connection.Producer = _logic;
            connection.ProducerIsSub = true;
            connection.OutHandler = _handler;
        }

        void ISubstreamEnd.End() => Complete();

        private void Close(Exception failure)
        {
            if (_connection is null)
            {
                (_ended, _failure) = (true, failure);
            }
            else
            {
                _logic.Interpreter.Complete(_connection, failure);
            }
        }

        private BuiltModule Build(GraphAssembly assembly, Attributes inherited)
        {
            if (_connection is not null)
            {
                throw new InvalidOperationException($"{this} can be materialized once only.");
            }

            if (_ended || _logic.HasStopped)
            {
                return ((IGraph<SourceShape<T>>)new EndedSource<T>(_failure)).Module.Build(assembly, inherited);
            }

            if (ReferenceEquals(assembly.Interpreter, _logic.Interpreter))
            {
                return new BuiltModule(NotUsed.Instance, [], [new OutEnd(this, _outlet)]);
            }

            // The substream runs on another actor: a bridge leads there.
            var bridge = new Bridge<T>();
            Dsl.Source.FromGraph(Source).To(bridge.Sink).Run(_logic.SubFusingMaterializer);
            return bridge.Source.Module.Build(assembly, inherited);
        }
    }
}
