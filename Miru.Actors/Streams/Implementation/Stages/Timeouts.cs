using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Fails if the first element does not come in time.</summary>
internal sealed class InitialTimeout<T>(TimeSpan timeout) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, timeout);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan timeout) : TimeoutLogic<T>(shape, timeout)
    {
        public override void PreStart() => Arm();

        public override void OnPush()
        {
            Disarm();
            base.OnPush();
        }

        protected override Exception Elapsed() => new TimeoutException($"The first element has not yet passed through in {Timeout}.");
    }
}

/// <summary>Fails if the stream does not complete in time.</summary>
internal sealed class CompletionTimeout<T>(TimeSpan timeout) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, timeout);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan timeout) : TimeoutLogic<T>(shape, timeout)
    {
        public override void PreStart() => Arm();

        protected override Exception Elapsed() => new TimeoutException($"The stream has not been completed in {Timeout}.");
    }
}

/// <summary>Fails if too much time passes between two elements.</summary>
internal sealed class IdleTimeout<T>(TimeSpan timeout) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, timeout);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan timeout) : TimeoutLogic<T>(shape, timeout)
    {
        public override void PreStart() => Arm();

        public override void OnPush()
        {
            Arm();
            base.OnPush();
        }

        protected override Exception Elapsed() => new TimeoutException($"No elements passed in the last {Timeout}.");
    }
}

/// <summary>Fails if downstream takes too long to ask for the next element.</summary>
internal sealed class BackpressureTimeout<T>(TimeSpan timeout) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, timeout);

    private sealed class Logic(FlowShape<T, T> shape, TimeSpan timeout) : TimeoutLogic<T>(shape, timeout)
    {
        public override void PreStart() => Arm();

        public override void OnPush()
        {
            base.OnPush();
            Arm();
        }

        public override void OnPull()
        {
            Disarm();
            base.OnPull();
        }

        protected override Exception Elapsed() => new TimeoutException($"No demand signalled in the last {Timeout}.");
    }
}

/// <summary>
/// A deadline that moves with every element. Moving it costs a clock reading, no timer: the one timer looks at the deadline when it fires and
/// sleeps on if the deadline has moved.
/// </summary>
internal abstract class TimeoutLogic<T>(FlowShape<T, T> shape, TimeSpan timeout) : FlowLogic<T, T>(shape)
{
    private static readonly object DeadlineTimer = new();
    private TimeSpan? _deadline;

    protected TimeSpan Timeout { get; } = timeout;

    public override void OnPush() => Push(Grab());

    protected void Arm()
    {
        _deadline = Now + Timeout;
        if (!IsTimerActive(DeadlineTimer))
        {
            ScheduleOnce(DeadlineTimer, Timeout);
        }
    }

    protected void Disarm() => _deadline = null;

    protected abstract Exception Elapsed();

    protected override void OnTimer(object timerKey)
    {
        if (_deadline is not { } deadline)
        {
            return;
        }

        var left = deadline - Now;
        if (left <= TimeSpan.Zero)
        {
            FailStage(Elapsed());
        }
        else
        {
            ScheduleOnce(DeadlineTimer, left);
        }
    }
}
