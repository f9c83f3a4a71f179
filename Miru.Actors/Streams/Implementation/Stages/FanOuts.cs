using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Every element to both outputs, at the pace of the slower one.</summary>
internal sealed class Broadcast<T>(bool eagerCancel) : GraphStage<FanOutShape<T>>
{
    public override FanOutShape<T> Shape { get; } = new("Broadcast");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, eagerCancel);

    private sealed class Logic : GraphStageLogic
    {
        private readonly Inlet<T> _in;
        private readonly Outlet<T>[] _outs;

        public Logic(FanOutShape<T> shape, bool eagerCancel) : base(shape)
        {
            _in = shape.Inlet;
            _outs = [shape.First, shape.Second];
            SetHandler(_in, onPush: () =>
            {
                var element = Grab(_in);
                foreach (var open in _outs)
                {
                    if (!IsClosed(open))
                    {
                        Push(open, element);
                    }
                }
            });

            foreach (var outlet in _outs)
            {
                SetHandler(outlet, onPull: PullIfAllAsked, onDownstreamFinish: cause =>
                {
                    if (eagerCancel || _outs.All(IsClosed))
                    {
                        CancelStage(cause);
                    }
                    else
                    {
                        PullIfAllAsked();
                    }
                });
            }
        }

        private void PullIfAllAsked()
        {
            foreach (var outlet in _outs)
            {
                if (!IsClosed(outlet) && !IsAvailable(outlet))
                {
                    return;
                }
            }

            TryPull(_in);
        }
    }
}

/// <summary>Every element to the first output; to the second one only what it has asked for by then.</summary>
internal sealed class WireTap<T> : GraphStage<FanOutShape<T>>
{
    public override FanOutShape<T> Shape { get; } = new("WireTap");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(FanOutShape<T> shape) : base(shape)
        {
            SetHandler(shape.Inlet, onPush: () =>
            {
                var element = Grab(shape.Inlet);
                Push(shape.First, element);
                if (IsAvailable(shape.Second))
                {
                    Push(shape.Second, element);
                }
            });
            SetHandler(shape.First, onPull: () => Pull(shape.Inlet));
            SetHandler(shape.Second, onPull: DoNothing, onDownstreamFinish: static _ => { });
        }
    }
}

/// <summary>Each element to one of two outputs: to the second one where the predicate holds.</summary>
internal sealed class DivertTo<T>(Func<T, bool> predicate) : GraphStage<FanOutShape<T>>
{
    public override FanOutShape<T> Shape { get; } = new("DivertTo");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, predicate);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(FanOutShape<T> shape, Func<T, bool> predicate) : base(shape)
        {
            void PullIfAsked()
            {
                if (!IsAvailable(shape.Inlet))
                {
                    TryPull(shape.Inlet);
                }
            }

            SetHandler(shape.Inlet, onPush: () =>
            {
                var element = Grab(shape.Inlet);
                var target = predicate(element) ? shape.Second : shape.First;
                Emit(target, element, () =>
                {
                    if (IsAvailable(shape.First) || IsAvailable(shape.Second))
                    {
                        PullIfAsked();
                    }
                });
            });
            SetHandler(shape.First, onPull: PullIfAsked);
            SetHandler(shape.Second, onPull: PullIfAsked);
        }
    }
}
