using Akka.Event;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Counts restarts: when the next one is due, and when it is enough.</summary>
internal sealed class RestartBudget(RestartSettings settings)
{
    private int _restarts;
    private TimeSpan _forgetAt;

    /// <summary>A run has begun.</summary>
    public void Begin(TimeSpan now) => _forgetAt = now + settings.MaxRestartsWithin;

    /// <summary>A run has ended: the delay until the next one, or null if there is none.</summary>
    public TimeSpan? Next(TimeSpan now)
    {
        if (now > _forgetAt)
        {
            _restarts = 0;
        }

        if (_restarts == settings.MaxRestarts)
        {
            return null;
        }

        var doubled = settings.MinBackoff.Ticks * Math.Pow(2, _restarts++);
        var delay = Math.Min(settings.MaxBackoff.Ticks, doubled) * (1 + Random.Shared.NextDouble() * settings.RandomFactor);
        return TimeSpan.FromTicks((long)delay);
    }
}

/// <summary>A source that is started again when it ends, or only when it fails. Elements on their way are lost, the stream goes on.</summary>
internal sealed class RestartSource<T, TMat>(Func<Source<T, TMat>> factory, RestartSettings settings, bool onlyOnFailures) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, factory, settings, onlyOnFailures);

    private sealed class Logic(SourceShape<T> shape, Func<Source<T, TMat>> factory, RestartSettings settings, bool onlyOnFailures)
        : SourceLogic<T>(shape)
    {
        private static readonly object RestartTimer = new();
        private readonly RestartBudget _budget = new(settings);
        private SubSinkInlet<T> _run;

        public override void PreStart() => Begin();

        public override void OnPull()
        {
            if (_run is { IsClosed: false })
            {
                _run.Pull();
            }
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            _run.Cancel(cause);
            CancelStage(cause);
        }

        protected override void OnTimer(object timerKey) => Begin();

        private void Begin()
        {
            var run = CreateSubSinkInlet<T>("RestartSource.run");
            run.SetHandler(new LambdaInHandler(
                onPush: () => Push(Out, run.Grab()),
                onUpstreamFinish: () =>
                {
                    if (onlyOnFailures)
                    {
                        CompleteStage();
                    }
                    else
                    {
                        End(null);
                    }
                },
                onUpstreamFailure: End));
            _run = run;
            _budget.Begin(Interpreter.Host.Now);
            if (IsAvailable(Out))
            {
                run.Pull();
            }

            Substreams.Run(factory(), run, SubFusingMaterializer);
        }

        private void End(Exception cause)
        {
            if (_budget.Next(Interpreter.Host.Now) is { } delay)
            {
                if (cause is not null)
                {
                    Log.Warning("Restarting stream in {0} due to failure: {1}", delay, cause.Message);
                }

                ScheduleOnce(RestartTimer, delay);
            }
            else if (cause is null)
            {
                CompleteStage();
            }
            else
            {
                FailStage(cause);
            }
        }
    }
}

/// <summary>A flow that is started again when it ends, or only when it fails. Elements in it are lost; between two runs, upstream waits.</summary>
internal sealed class RestartFlow<TIn, TOut, TMat>(Func<Flow<TIn, TOut, TMat>> factory, RestartSettings settings, bool onlyOnFailures)
    : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, factory, settings, onlyOnFailures);

    private sealed class Logic(FlowShape<TIn, TOut> shape, Func<Flow<TIn, TOut, TMat>> factory, RestartSettings settings, bool onlyOnFailures)
        : FlowLogic<TIn, TOut>(shape)
    {
        private static readonly object RestartTimer = new();
        private readonly RestartBudget _budget = new(settings);
        private SubSourceOutlet<TIn> _feed;
        private SubSinkInlet<TOut> _yield;

        public override void PreStart() => Begin();

        public override void OnPush()
        {
            if (_feed.IsAvailable)
            {
                _feed.Push(Grab(In));
            }
        }

        public override void OnPull()
        {
            if (_yield is { IsClosed: false, HasBeenPulled: false })
            {
                _yield.Pull();
            }
        }

        public override void OnUpstreamFinish()
        {
            if (IsTimerActive(RestartTimer))
            {
                // Between two runs: there is nothing left to run for.
                CompleteStage();
            }
            else if (!IsAvailable(In))
            {
                _feed.Complete();
            }
        }

        public override void OnUpstreamFailure(Exception e)
        {
            if (IsTimerActive(RestartTimer))
            {
                FailStage(e);
            }
            else
            {
                _feed.Fail(e);
            }
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            _yield.Cancel(cause);
            CancelStage(cause);
        }

        protected override void OnTimer(object timerKey) => Begin();

        private void Begin()
        {
            var feed = new SubSourceOutlet<TIn>(this, "RestartFlow.feed");
            var yield = new SubSinkInlet<TOut>(this, "RestartFlow.yield");
            feed.SetHandler(new LambdaOutHandler(
                onPull: () =>
                {
                    if (IsAvailable(In))
                    {
                        feed.Push(Grab(In));
                        if (IsClosed(In))
                        {
                            feed.Complete();
                        }
                    }
                    else if (!IsClosed(In) && !HasBeenPulled(In))
                    {
                        Pull(In);
                    }
                },
                onDownstreamFinish: _ =>
                {
                    // Whatever the flow's reason: what matters is how its output ends.
                }));
            yield.SetHandler(new LambdaInHandler(
                onPush: () => Push(Out, yield.Grab()),
                onUpstreamFinish: () =>
                {
                    if (onlyOnFailures || IsClosed(In))
                    {
                        CompleteStage();
                    }
                    else
                    {
                        End(null);
                    }
                },
                onUpstreamFailure: End));
            (_feed, _yield) = (feed, yield);
            _budget.Begin(Now);
            if (IsAvailable(Out))
            {
                yield.Pull();
            }

            Source.FromGraph(feed.Source).Via(factory()).To(yield.Sink).Run(SubFusingMaterializer);
        }

        private void End(Exception cause)
        {
            if (IsClosed(In) || _budget.Next(Now) is not { } delay)
            {
                if (cause is null)
                {
                    CompleteStage();
                }
                else
                {
                    FailStage(cause);
                }

                return;
            }

            if (cause is not null)
            {
                Log.Warning("Restarting stream in {0} due to failure: {1}", delay, cause.Message);
            }

            if (!_feed.IsClosed)
            {
                _feed.Complete();
            }

            ScheduleOnce(RestartTimer, delay);
        }
    }
}
