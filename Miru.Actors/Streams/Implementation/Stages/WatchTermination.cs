using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Passes elements through; its task ends as the stream does at this place.</summary>
internal sealed class WatchTermination<T> : GraphStageWithMaterializedValue<FlowShape<T, T>, Task<Done>>
{
    public override FlowShape<T, T> Shape { get; } = new(new Inlet<T>("WatchTermination.in"), new Outlet<T>("WatchTermination.out"));

    public override ILogicAndMaterializedValue<Task<Done>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var logic = new Logic(Shape);
        return new LogicAndMaterializedValue<Task<Done>>(logic, logic.Termination);
    }

    private sealed class Logic(FlowShape<T, T> shape) : FlowLogic<T, T>(shape)
    {
        private readonly TaskCompletionSource<Done> _termination = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Done> Termination => _termination.Task;

        public override void OnPush() => Push(Grab());

        public override void OnUpstreamFinish()
        {
            _termination.TrySetResult(Done.Instance);
            base.OnUpstreamFinish();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _termination.TrySetException(e);
            base.OnUpstreamFailure(e);
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (cause is SubscriptionWithCancelException.NonFailureCancellation)
            {
                _termination.TrySetResult(Done.Instance);
            }
            else
            {
                _termination.TrySetException(cause);
            }

            base.OnDownstreamFinish(cause);
        }

        public override void PostStop()
        {
            if (!_termination.Task.IsCompleted)
            {
                _termination.TrySetException(new AbruptStageTerminationException(this));
            }
        }
    }
}
