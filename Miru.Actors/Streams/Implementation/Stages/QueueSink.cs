using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Hands elements out on request; buffers a few, so that requests are answered at once.</summary>
internal sealed class QueueSink<T> : GraphStageWithMaterializedValue<SinkShape<T>, ISinkQueue<T>>
{
    private const int DefaultBuffer = 16;

    public override SinkShape<T> Shape { get; } = new(new Inlet<T>("QueueSink.in"));

    public override ILogicAndMaterializedValue<ISinkQueue<T>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(Shape, inheritedAttributes.GetAttribute<Attributes.InputBuffer>()?.Max ?? DefaultBuffer);
        return new LogicAndMaterializedValue<ISinkQueue<T>>(logic, new SinkQueue(logic));
    }

    /// <summary>A request on its way into the stream.</summary>
    private sealed class Request(Logic logic) : AsyncInput(logic)
    {
        private readonly TaskCompletionSource<Option<T>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Option<T>> Task => _answer.Task;

        public override void Run() => ((Logic)Logic).OnRequest(this);

        public override void Discard() => Fail(StreamDetachedException.Instance);

        public void Answer(Option<T> element) => _answer.TrySetResult(element);

        public void Fail(Exception cause) => _answer.TrySetException(cause);
    }

    private sealed class SinkQueue(Logic logic) : ISinkQueue<T>
    {
        public Task<Option<T>> PullAsync()
        {
            var request = new Request(logic);
            logic.Interpreter.Host.Post(request);
            return request.Task;
        }
    }

    /// <summary>The stage outlives its input until the consumer has taken what is buffered and heard of the end.</summary>
    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<T> _in;
        private readonly BoundedBuffer<T> _buffer;
        private Request _pending;
        private bool _ended;
        private Exception _failure;

        public Logic(SinkShape<T> shape, int size) : base(shape)
        {
            _in = shape.Inlet;
            _buffer = new BoundedBuffer<T>(size);
            SetHandler(_in, this);
        }

        public override void PreStart()
        {
            SetKeepGoing(true);
            Pull(_in);
        }

        public override void OnPush()
        {
            _buffer.Enqueue(Grab(_in));
            Serve();
        }

        public override void OnUpstreamFinish()
        {
            _ended = true;
            Serve();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            (_ended, _failure) = (true, e);
            Serve();
        }

        public override void PostStop() => _pending?.Fail(StreamDetachedException.Instance);

        public void OnRequest(Request request)
        {
            if (_pending is not null)
            {
                request.Fail(new InvalidOperationException("You have to wait for the previous request to be resolved to send another request."));
                return;
            }

            _pending = request;
            Serve();
        }

        private void Serve()
        {
            if (_pending is { } request)
            {
                if (_buffer.Count > 0)
                {
                    _pending = null;
                    request.Answer(_buffer.Dequeue());
                }
                else if (_ended)
                {
                    _pending = null;
                    SetKeepGoing(false);
                    if (_failure is null)
                    {
                        request.Answer(Option<T>.None);
                    }
                    else
                    {
                        request.Fail(_failure);
                    }

                    CompleteStage();
                    return;
                }
            }

            if (!_ended && !_buffer.IsFull)
            {
                TryPull(_in);
            }
        }
    }
}
