using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Passes the first elements, then completes.</summary>
internal sealed class Take<T>(long count) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, count);

    private sealed class Logic(FlowShape<T, T> shape, long count) : FlowLogic<T, T>(shape)
    {
        private long _left = count;

        public override void PreStart()
        {
            if (_left <= 0)
            {
                CompleteStage();
            }
        }

        public override void OnPush()
        {
            Push(Grab());
            if (--_left == 0)
            {
                CompleteStage();
            }
        }
    }
}

/// <summary>Drops the first elements.</summary>
internal sealed class Skip<T>(long count) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, count);

    private sealed class Logic(FlowShape<T, T> shape, long count) : FlowLogic<T, T>(shape)
    {
        private long _left = count;

        public override void OnPush()
        {
            if (_left > 0)
            {
                _left--;
                Pull();
            }
            else
            {
                Push(Grab());
            }
        }
    }
}

/// <summary>Passes elements until one does not satisfy the predicate, then completes.</summary>
internal sealed class TakeWhile<T>(Predicate<T> predicate, bool inclusive) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, predicate, inclusive);

    private sealed class Logic(FlowShape<T, T> shape, Predicate<T> predicate, bool inclusive) : FlowLogic<T, T>(shape)
    {
        public override void OnPush()
        {
            var element = Grab();
            bool passes;
            try
            {
                passes = predicate(element);
            }
            catch (Exception cause) when (Drops(cause))
            {
                Pull();
                return;
            }

            if (passes || inclusive)
            {
                Push(element);
            }

            if (!passes)
            {
                CompleteStage();
            }
        }
    }
}

/// <summary>Drops elements until one does not satisfy the predicate.</summary>
internal sealed class SkipWhile<T>(Predicate<T> predicate) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, predicate);

    private sealed class Logic(FlowShape<T, T> shape, Predicate<T> predicate) : FlowLogic<T, T>(shape)
    {
        private bool _passing;

        public override void OnPush()
        {
            var element = Grab();
            try
            {
                _passing = _passing || !predicate(element);
            }
            catch (Exception cause) when (Drops(cause))
            {
                Pull();
                return;
            }

            if (_passing)
            {
                Push(element);
            }
            else
            {
                Pull();
            }
        }
    }
}

/// <summary>Fails when there is more than so much.</summary>
internal sealed class LimitWeighted<T>(long max, Func<T, long> cost) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, max, cost);

    private sealed class Logic(FlowShape<T, T> shape, long max, Func<T, long> cost) : FlowLogic<T, T>(shape)
    {
        private readonly long _max = max;
        private long _left = max;

        public override void OnPush()
        {
            var element = Grab();
            _left -= cost(element);
            if (_left < 0)
            {
                FailStage(new StreamLimitReachedException(_max));
            }
            else
            {
                Push(element);
            }
        }
    }
}
