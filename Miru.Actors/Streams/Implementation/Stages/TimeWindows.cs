using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Holds back demand for a time.</summary>
internal sealed class InitialDelay<T>(TimeSpan delay) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, delay);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan delay) : FlowLogic<T, T>(shape)
    {
        private static readonly object DelayTimer = new();
        private bool _open;

        public override void PreStart()
        {
            if (delay == TimeSpan.Zero)
            {
                _open = true;
            }
            else
            {
                ScheduleOnce(DelayTimer, delay);
            }
        }

        public override void OnPull()
        {
            if (_open)
            {
                Pull();
            }
        }

        public override void OnPush() => Push(Grab());

        protected override void OnTimer(object timerKey)
        {
            _open = true;
            if (IsAvailable(Out))
            {
                Pull();
            }
        }
    }
}

/// <summary>Completes after a time.</summary>
internal sealed class TakeWithin<T>(TimeSpan duration) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, duration);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan duration) : FlowLogic<T, T>(shape)
    {
        private static readonly object EndTimer = new();

        public override void PreStart() => ScheduleOnce(EndTimer, duration);

        public override void OnPush() => Push(Grab());

        protected override void OnTimer(object timerKey) => CompleteStage();
    }
}

/// <summary>Drops elements for a time.</summary>
internal sealed class SkipWithin<T>(TimeSpan duration) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, duration);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan duration) : FlowLogic<T, T>(shape)
    {
        private static readonly object StartTimer = new();

        public override void PreStart() => ScheduleOnce(StartTimer, duration);

        public override void OnPush()
        {
            var element = Grab();
            if (IsTimerActive(StartTimer))
            {
                Pull();
            }
            else
            {
                Push(element);
            }
        }
    }
}
