using Akka.Streams.Dsl;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.ConnectionState;

namespace Akka.Streams.Stage;

/// <summary>The tail of a substream.</summary>
public abstract partial class GraphStageLogic
{
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
            Source = new LayoutGraph<SourceShape<T>, NotUsed>(new SourceShape<T>(_outlet), new CustomLayout(Build));
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

        private BuiltLayout Build(GraphAssembly assembly, Attributes inherited)
        {
            if (_connection is not null)
            {
                throw new InvalidOperationException($"{this} can be materialized once only.");
            }

            if (_ended || _logic.HasStopped)
            {
                return new EndedSource<T>(_failure).GetLayout().Build(assembly, inherited);
            }

            if (ReferenceEquals(assembly.Interpreter, _logic.Interpreter))
            {
                return new BuiltLayout(NotUsed.Instance, [], [new OutEnd(this, _outlet)]);
            }

            // The substream runs on another actor: a bridge leads there.
            var bridge = new Bridge<T>();
            Dsl.Source.FromGraph(Source).To(bridge.Sink).Run(_logic.SubFusingMaterializer);
            return bridge.Source.GetLayout().Build(assembly, inherited);
        }
    }
}
