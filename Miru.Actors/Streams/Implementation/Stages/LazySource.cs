using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Makes and runs its source when the first element is asked for.</summary>
internal sealed class LazySource<T, TMat>(Func<Source<T, TMat>> create) : GraphStageWithMaterializedValue<SourceShape<T>, Task<TMat>>
{
    public override SourceShape<T> Shape { get; } = new(new Outlet<T>("LazySource.out"));

    public override ILogicAndMaterializedValue<Task<TMat>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var value = new TaskCompletionSource<TMat>(TaskCreationOptions.RunContinuationsAsynchronously);
        return new LogicAndMaterializedValue<Task<TMat>>(new Logic(Shape, create, value), value.Task);
    }

    private sealed class Logic(SourceShape<T> shape, Func<Source<T, TMat>> create, TaskCompletionSource<TMat> value) : SourceLogic<T>(shape)
    {
        private SubSinkInlet<T> _inner;

        public override void OnPull()
        {
            if (_inner is not null)
            {
                _inner.Pull();
                return;
            }

            var inner = CreateSubSinkInlet<T>("LazySource.inner");
            inner.SetHandler(new LambdaInHandler(onPush: () => Push(inner.Grab())));
            inner.Pull();
            _inner = inner;
            try
            {
                value.TrySetResult(Substreams.Run(create(), inner, SubFusingMaterializer));
            }
            catch (Exception cause)
            {
                value.TrySetException(cause);
                throw;
            }
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            _inner?.Cancel(cause);
            value.TrySetException(new InvalidOperationException("Downstream canceled without triggering lazy source materialization"));
            CancelStage(cause);
        }

        public override void PostStop() =>
            value.TrySetException(new InvalidOperationException("LazySource stopped without triggering lazy source materialization"));
    }
}
