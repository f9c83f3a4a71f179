using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Injects an element whenever downstream has waited too long for one.</summary>
internal sealed class KeepAlive<TIn, TOut>(TimeSpan timeout, Func<TOut> inject) : FlowStage<TIn, TOut>
    where TIn : TOut
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, timeout, inject);

    private sealed class Logic(FlowShape<TIn, TOut> shape, TimeSpan timeout, Func<TOut> inject) : FlowLogic<TIn, TOut>(shape)
    {
        private static readonly object IdleTimer = new();
        private TimeSpan _deadline;

        public override void PreStart()
        {
            // Prefetching lets upstream's end be seen, and an element be sent, without a round of demand.
            Pull();
            Restart();
        }

        public override void OnPush()
        {
            Restart();
            if (IsAvailable(Out))
            {
                Push(Grab());
                Pull();
            }
        }

        public override void OnPull()
        {
            if (IsAvailable(In))
            {
                Push(Grab());
                if (IsClosed(In))
                {
                    CompleteStage();
                }
                else
                {
                    Pull();
                }
            }
            else if (Now >= _deadline)
            {
                Inject();
            }
        }

        public override void OnUpstreamFinish()
        {
            if (!IsAvailable(In))
            {
                CompleteStage();
            }
        }

        protected override void OnTimer(object timerKey)
        {
            var left = _deadline - Now;
            if (left > TimeSpan.Zero)
            {
                ScheduleOnce(IdleTimer, left);
            }
            else if (IsAvailable(Out))
            {
                Inject();
            }
        }

        private void Inject()
        {
            Restart();
            Push(inject());
        }

        private void Restart()
        {
            _deadline = Now + timeout;
            if (!IsTimerActive(IdleTimer))
            {
                ScheduleOnce(IdleTimer, timeout);
            }
        }
    }
}
