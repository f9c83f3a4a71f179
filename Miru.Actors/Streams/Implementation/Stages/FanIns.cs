using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>The first input, then the second one.</summary>
internal sealed class Concat<T> : GraphStage<FanInShape<T>>
{
    public override FanInShape<T> Shape { get; } = new("Concat");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic : GraphStageLogic
    {
        private Inlet<T> _active;

        public Logic(FanInShape<T> shape) : base(shape)
        {
            _active = shape.First;
            SetHandler(shape.First, onPush: () => Push(shape.Outlet, Grab(shape.First)), onUpstreamFinish: () =>
            {
                _active = shape.Second;
                if (IsClosed(_active))
                {
                    CompleteStage();
                }
                else if (IsAvailable(shape.Outlet))
                {
                    Pull(_active);
                }
            });
            SetHandler(shape.Second, onPush: () => Push(shape.Outlet, Grab(shape.Second)), onUpstreamFinish: () =>
            {
                if (ReferenceEquals(_active, shape.Second))
                {
                    CompleteStage();
                }
            });
            SetHandler(shape.Outlet, onPull: () => Pull(_active));
        }
    }
}

/// <summary>Both inputs as they come; whoever waited longer goes first.</summary>
internal sealed class Merge<T>(bool eagerComplete) : GraphStage<FanInShape<T>>
{
    public override FanInShape<T> Shape { get; } = new("Merge");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, eagerComplete);

    private sealed class Logic : GraphStageLogic
    {
        private readonly Queue<Inlet<T>> _waiting = new(2);
        private readonly Outlet<T> _out;
        private readonly bool _eagerComplete;
        private int _running = 2;

        public Logic(FanInShape<T> shape, bool eagerComplete) : base(shape)
        {
            _out = shape.Outlet;
            _eagerComplete = eagerComplete;
            Handle(shape.First);
            Handle(shape.Second);
            SetHandler(_out, onPull: () =>
            {
                if (_waiting.TryDequeue(out var next))
                {
                    PushFrom(next);
                }
            });
        }

        public override void PreStart()
        {
            foreach (var inlet in _inlets)
            {
                TryPull(inlet);
            }
        }

        private readonly List<Inlet<T>> _inlets = new(2);

        private void Handle(Inlet<T> inlet)
        {
            _inlets.Add(inlet);
            SetHandler(
                inlet,
                onPush: () =>
                {
                    if (IsAvailable(_out))
                    {
                        PushFrom(inlet);
                    }
                    else
                    {
                        _waiting.Enqueue(inlet);
                    }
                },
                onUpstreamFinish: () =>
                {
                    _running--;
                    if (_waiting.Count == 0 && (_eagerComplete || _running == 0))
                    {
                        CompleteStage();
                    }
                    else if (_eagerComplete)
                    {
                        _running = 0;
                        _inlets.ForEach(Cancel);
                    }
                });
        }

        private void PushFrom(Inlet<T> inlet)
        {
            Push(_out, Grab(inlet));
            if (_running == 0 && _waiting.Count == 0)
            {
                CompleteStage();
            }
            else
            {
                TryPull(inlet);
            }
        }
    }
}

/// <summary>The first input, or, if it completes without an element, the second one.</summary>
internal sealed class OrElse<T> : GraphStage<FanInShape<T>>
{
    public override FanInShape<T> Shape { get; } = new("OrElse");

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic : GraphStageLogic
    {
        private Inlet<T> _active;
        private bool _any;

        public Logic(FanInShape<T> shape) : base(shape)
        {
            _active = shape.First;
            SetHandler(
                shape.First,
                onPush: () =>
                {
                    if (!_any)
                    {
                        _any = true;
                        Cancel(shape.Second);
                    }

                    Push(shape.Outlet, Grab(shape.First));
                },
                onUpstreamFinish: () =>
                {
                    if (_any || IsClosed(shape.Second))
                    {
                        CompleteStage();
                        return;
                    }

                    _active = shape.Second;
                    if (IsAvailable(shape.Outlet))
                    {
                        Pull(_active);
                    }
                });
            SetHandler(shape.Second, onPush: () => Push(shape.Outlet, Grab(shape.Second)), onUpstreamFinish: () =>
            {
                if (IsClosed(shape.First))
                {
                    CompleteStage();
                }
            });
            SetHandler(shape.Outlet, onPull: () => Pull(_active));
        }
    }
}

/// <summary>Combines one element of each input; completes when no further pair can come.</summary>
internal sealed class ZipWith<T1, T2, TOut>(Func<T1, T2, TOut> combine) : GraphStage<FanInShape<T1, T2, TOut>>
{
    public override FanInShape<T1, T2, TOut> Shape { get; } = new(new Inlet<T1>("ZipWith.in0"), new Inlet<T2>("ZipWith.in1"), new Outlet<TOut>("ZipWith.out"));

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, combine);

    private sealed class Logic : GraphStageLogic
    {
        public Logic(FanInShape<T1, T2, TOut> shape, Func<T1, T2, TOut> combine) : base(shape)
        {
            void PushPair()
            {
                if (IsAvailable(shape.First) && IsAvailable(shape.Second) && IsAvailable(shape.Outlet))
                {
                    Push(shape.Outlet, combine(Grab(shape.First), Grab(shape.Second)));
                    if (IsClosed(shape.First) || IsClosed(shape.Second))
                    {
                        CompleteStage();
                    }
                }
            }

            SetHandler(shape.First, onPush: PushPair, onUpstreamFinish: () =>
            {
                if (!IsAvailable(shape.First))
                {
                    CompleteStage();
                }
            });
            SetHandler(shape.Second, onPush: PushPair, onUpstreamFinish: () =>
            {
                if (!IsAvailable(shape.Second))
                {
                    CompleteStage();
                }
            });
            SetHandler(shape.Outlet, onPull: () =>
            {
                TryPull(shape.First);
                TryPull(shape.Second);
            });
        }
    }
}
