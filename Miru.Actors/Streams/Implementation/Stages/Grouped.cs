using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Groups of so many elements; the last one may be smaller.</summary>
internal sealed class Grouped<T> : FlowStage<T, IEnumerable<T>>
{
    private readonly int _count;

    public Grouped(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        _count = count;
    }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, _count);

    private sealed class Logic(FlowShape<T, IEnumerable<T>> shape, int count) : FlowLogic<T, IEnumerable<T>>(shape)
    {
        private List<T> _group = new(Math.Min(count, 16));

        public override void OnPush()
        {
            _group.Add(Grab());
            if (_group.Count < count)
            {
                Pull();
                return;
            }

            var full = _group;
            _group = new List<T>(Math.Min(count, 16));
            Push(full);
        }

        public override void OnUpstreamFinish()
        {
            if (_group.Count > 0)
            {
                // The group has elements, so downstream's demand is still unanswered.
                Push(_group);
            }

            CompleteStage();
        }
    }
}

/// <summary>Groups of so many elements, or of what came within a time since the last group.</summary>
internal sealed class GroupedWithin<T> : FlowStage<T, IEnumerable<T>>
{
    private readonly int _count;
    private readonly TimeSpan _timeout;

    public GroupedWithin(int count, TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        (_count, _timeout) = (count, timeout);
    }

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, _count, _timeout);

    private sealed class Logic(FlowShape<T, IEnumerable<T>> shape, int count, TimeSpan timeout) : FlowLogic<T, IEnumerable<T>>(shape)
    {
        private static readonly object GroupTimer = new();
        private List<T> _group = [];

        /// <summary>The group is full or its time is over.</summary>
        private bool _closed;

        public override void PreStart() => Pull();

        public override void OnPush()
        {
            if (_group.Count == 0 && !IsTimerActive(GroupTimer))
            {
                ScheduleOnce(GroupTimer, timeout);
            }

            _group.Add(Grab());
            if (_group.Count == count)
            {
                CancelTimer(GroupTimer);
                _closed = true;
                EmitGroup();
            }
            else
            {
                Pull();
            }
        }

        public override void OnPull() => EmitGroup();

        public override void OnUpstreamFinish()
        {
            if (_group.Count > 0)
            {
                Emit(Out, _group, CompleteStage);
                _group = [];
            }
            else
            {
                CompleteStage();
            }
        }

        protected override void OnTimer(object timerKey)
        {
            _closed = true;
            EmitGroup();
        }

        private void EmitGroup()
        {
            if (!_closed || !IsAvailable(Out))
            {
                return;
            }

            var group = _group;
            (_group, _closed) = ([], false);
            Push(group);
            TryPull(In);
        }
    }
}
