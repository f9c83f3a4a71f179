using Akka.Actor;
using Akka.Event;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>
/// Emits what is told to the reference that is its value. <see cref="Status.Success"/> and <see cref="PoisonPill"/> complete it after what is
/// buffered, <see cref="Status.Failure"/> and <see cref="Kill"/> fail it.
/// </summary>
internal sealed class ActorRefSource<T> : Layout
{
    private readonly int _size;
    private readonly OverflowStrategy _strategy;
    private readonly SourceShape<T> _shape;

    public ActorRefSource(int size, OverflowStrategy strategy, SourceShape<T> shape)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (strategy == OverflowStrategy.Backpressure)
        {
            throw new NotSupportedException("Backpressure overflow strategy is not supported: nobody who tells can be made to wait.");
        }

        (_size, _strategy, _shape) = (size, strategy, shape);
    }

    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited)
    {
        var stage = new Stage(_shape, _size, _strategy, assembly.Interpreter.Host.Materializer);
        return new StageLayout<SourceShape<T>, IActorRef>(stage).Build(assembly, inherited);
    }

    private sealed class Stage(SourceShape<T> shape, int size, OverflowStrategy strategy, ActorMaterializerImpl materializer)
        : GraphStageWithMaterializedValue<SourceShape<T>, IActorRef>
    {
        public override SourceShape<T> Shape { get; } = shape;

        public override ILogicAndMaterializedValue<IActorRef> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
        {
            var logic = new Logic(Shape, size, strategy, materializer);
            return new LogicAndMaterializedValue<IActorRef>(logic, logic.Reference);
        }
    }

    private sealed class Logic : SourceLogic<T>
    {
        private readonly BoundedBuffer<T> _buffer;
        private readonly int _size;
        private readonly OverflowStrategy _strategy;
        private bool _completing;

        public Logic(SourceShape<T> shape, int size, OverflowStrategy strategy, ActorMaterializerImpl materializer) : base(shape)
        {
            _buffer = size == 0 ? null : new BoundedBuffer<T>(size);
            (_size, _strategy) = (size, strategy);
            Reference = materializer.CreateStageActor("actorRefSource", GetAsyncCallback<(IActorRef, object)>(OnMessage));
        }

        public StageReference Reference { get; }

        public override void OnPull()
        {
            if (_buffer is { Count: > 0 })
            {
                Push(_buffer.Dequeue());
            }

            CompleteIfDrained();
        }

        public override void PostStop() => Reference.Stop();

        private void OnMessage((IActorRef Sender, object Message) received)
        {
            switch (received.Message)
            {
                case PoisonPill or Status.Success:
                    _completing = true;
                    CompleteIfDrained();
                    break;

                case Status.Failure failure:
                    FailStage(failure.Cause);
                    break;

                case Kill:
                    FailStage(new ActorKilledException("Kill"));
                    break;

                case T element when !_completing:
                    OnElement(element);
                    break;

                default:
                    Interpreter.Host.Materializer.System.EventStream.Publish(
                        new UnhandledMessage(received.Message, received.Sender, Reference));
                    break;
            }
        }

        private void OnElement(T element)
        {
            if (IsAvailable(Out))
            {
                Push(element);
            }
            else if (_buffer is null)
            {
                // Without a buffer, what comes without demand is dropped.
            }
            else if (!_buffer.IsFull || _buffer.MakeRoom(_strategy))
            {
                _buffer.Enqueue(element);
            }
            else if (_strategy == OverflowStrategy.Fail)
            {
                FailStage(new BufferOverflowException($"Buffer overflow (max capacity was: {_size})!"));
            }
        }

        private void CompleteIfDrained()
        {
            if (_completing && (_buffer is null || _buffer.Count == 0))
            {
                CompleteStage();
            }
        }
    }
}
