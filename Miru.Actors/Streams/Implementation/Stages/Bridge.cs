using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>
/// Leads elements from one stream into another one, which runs on another actor: a sink there, a source here. The source grants credit for a
/// bounded number of elements, so the two run independently up to that. Each end can be materialized once.
/// </summary>
internal sealed class Bridge<T>
{
    private const int Window = 16;
    private readonly object _gate = new();
    private readonly Lane _toSource = new();
    private readonly Lane _toSink = new();

    public Bridge()
    {
        Sink = new SinkEnd(this);
        Source = new SourceEnd(this);
    }

    public IGraph<SinkShape<T>, NotUsed> Sink { get; }

    public IGraph<SourceShape<T>, NotUsed> Source { get; }

    /// <summary>Sends a signal to the end that listens on the lane, or keeps it until there is one.</summary>
    private void Send(Lane lane, object signal)
    {
        Action<object> listener;
        lock (_gate)
        {
            listener = lane.Listener;
            if (listener is null)
            {
                lane.Waiting.Add(signal);
                return;
            }
        }

        listener(signal);
    }

    /// <summary>Listens on the lane; false if somebody has before.</summary>
    private bool Listen(Lane lane, Action<object> listener)
    {
        lock (_gate)
        {
            if (lane.Listener is not null)
            {
                return false;
            }

            lane.Waiting.ForEach(listener);
            lane.Waiting.Clear();
            lane.Listener = listener;
            return true;
        }
    }

    private static InvalidOperationException AlreadyUsed() => new("This part of a stream has been materialized before; it can be run once only.");

    /// <summary>At most one window of signals waits here: what is sent first is credit or an end.</summary>
    private sealed class Lane
    {
        public Action<object> Listener { get; set; }

        public List<object> Waiting { get; } = [];
    }

    private sealed class Credit(int elements)
    {
        public int Elements { get; } = elements;
    }

    private sealed class Element(T value)
    {
        public T Value { get; } = value;
    }

    private sealed class End(Exception cause)
    {
        public Exception Cause { get; } = cause;
    }

    private sealed class SinkEnd(Bridge<T> bridge) : SinkStage<T>
    {
        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, bridge);

        private sealed class Logic : InGraphStageLogic
        {
            private readonly Inlet<T> _in;
            private readonly Bridge<T> _bridge;
            private int _credit;
            private bool _ended;

            public Logic(SinkShape<T> shape, Bridge<T> bridge) : base(shape)
            {
                (_in, _bridge) = (shape.Inlet, bridge);
                SetHandler(_in, this);
            }

            public override void PreStart()
            {
                if (!_bridge.Listen(_bridge._toSink, GetAsyncCallback<object>(OnSignal)))
                {
                    _ended = true;
                    throw AlreadyUsed();
                }
            }

            public override void OnPush()
            {
                _credit--;
                _bridge.Send(_bridge._toSource, new Element(Grab(_in)));
                if (_credit > 0)
                {
                    Pull(_in);
                }
            }

            public override void OnUpstreamFinish()
            {
                SendEnd(null);
                CompleteStage();
            }

            public override void OnUpstreamFailure(Exception e)
            {
                SendEnd(e);
                FailStage(e);
            }

            public override void PostStop() => SendEnd(new AbruptStageTerminationException(this));

            private void OnSignal(object signal)
            {
                if (signal is Credit credit)
                {
                    _credit += credit.Elements;
                    TryPull(_in);
                }
                else
                {
                    _ended = true;
                    CancelStage(((End)signal).Cause);
                }
            }

            private void SendEnd(Exception cause)
            {
                if (!_ended)
                {
                    _ended = true;
                    _bridge.Send(_bridge._toSource, new End(cause));
                }
            }
        }
    }

    private sealed class SourceEnd(Bridge<T> bridge) : SourceStage<T>
    {
        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, bridge);

        private sealed class Logic(SourceShape<T> shape, Bridge<T> bridge) : SourceLogic<T>(shape)
        {
            private readonly BoundedBuffer<T> _buffer = new(Window);
            private int _granted;
            private bool _listening;
            private bool _ended;
            private Exception _failure;

            public override void PreStart()
            {
                _listening = bridge.Listen(bridge._toSource, GetAsyncCallback<object>(OnSignal));
                if (!_listening)
                {
                    throw AlreadyUsed();
                }

                Grant();
            }

            public override void OnPull()
            {
                if (_buffer.Count > 0)
                {
                    Push(Out, _buffer.Dequeue());
                }

                Advance();
            }

            public override void OnDownstreamFinish(Exception cause)
            {
                Cancel(cause);
                CancelStage(cause);
            }

            public override void PostStop() => Cancel(SubscriptionWithCancelException.StageWasCompleted.Instance);

            private void OnSignal(object signal)
            {
                if (signal is Element element)
                {
                    _granted--;
                    _buffer.Enqueue(element.Value);
                    if (IsAvailable(Out))
                    {
                        Push(Out, _buffer.Dequeue());
                    }
                }
                else
                {
                    (_ended, _failure) = (true, ((End)signal).Cause);
                }

                Advance();
            }

            private void Advance()
            {
                if (!_ended)
                {
                    Grant();
                }
                else if (_failure is not null)
                {
                    FailStage(_failure);
                }
                else if (_buffer.Count == 0)
                {
                    CompleteStage();
                }
            }

            /// <summary>Half a window at a time, so that not every element costs a message back.</summary>
            private void Grant()
            {
                var room = Window - _buffer.Count - _granted;
                if (room >= Window / 2)
                {
                    _granted += room;
                    bridge.Send(bridge._toSink, new Credit(room));
                }
            }

            private void Cancel(Exception cause)
            {
                if (_listening && !_ended)
                {
                    _ended = true;
                    bridge.Send(bridge._toSink, new End(cause));
                }
            }
        }
    }
}
