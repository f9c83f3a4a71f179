using Akka.Event;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

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
                _feed.Push(Grab());
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
                        feed.Push(Grab());
                        if (IsClosed(In))
                        {
                            feed.Complete();
                        }
                    }
                    else if (!IsClosed(In) && !HasBeenPulled(In))
                    {
                        Pull();
                    }
                },
                onDownstreamFinish: _ =>
                {
                    // Whatever the flow's reason: what matters is how its output ends.
                }));
            yield.SetHandler(new LambdaInHandler(
                onPush: () => Push(yield.Grab()),
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
