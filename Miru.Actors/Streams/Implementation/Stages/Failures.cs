using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Replaces a failure by a last element.</summary>
internal sealed class Recover<T>(Func<Exception, Option<T>> recovery) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, recovery);

    private sealed class Logic(FlowShape<T, T> shape, Func<Exception, Option<T>> recovery) : FlowLogic<T, T>(shape)
    {
        public override void OnPush() => Push(Grab());

        public override void OnUpstreamFailure(Exception e)
        {
            var last = recovery(e);
            if (last.HasValue)
            {
                Emit(Out, last.Value, CompleteStage);
            }
            else
            {
                FailStage(e);
            }
        }
    }
}

/// <summary>Replaces a failure by another one.</summary>
internal sealed class SelectError<T>(Func<Exception, Exception> selector) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, selector);

    private sealed class Logic(FlowShape<T, T> shape, Func<Exception, Exception> selector) : FlowLogic<T, T>(shape)
    {
        public override void OnPush() => Push(Grab());

        public override void OnUpstreamFailure(Exception e) => FailStage(selector(e));
    }
}

/// <summary>Replaces a failed upstream by another source, so many times; -1 means always.</summary>
internal sealed class RecoverWith<T, TMat>(Func<Exception, IGraph<SourceShape<T>, TMat>> recovery, int attempts) : FlowStage<T, T>
{
    private readonly int _attempts = attempts >= -1
        ? attempts
        : throw new ArgumentException("number of retries must be non-negative or equal to -1", nameof(attempts));

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, recovery, _attempts);

    private sealed class Logic(FlowShape<T, T> shape, Func<Exception, IGraph<SourceShape<T>, TMat>> recovery, int attempts) : FlowLogic<T, T>(shape)
    {
        private readonly bool _always = attempts < 0;
        private int _left = attempts;

        public override void OnPush() => Push(Grab());

        public override void OnUpstreamFailure(Exception e) => SwitchOver(e);

        private void SwitchOver(Exception failure)
        {
            // The function hears of the last failure too, although what it yields comes too late.
            var next = recovery(failure);
            if (next is null || _left == 0)
            {
                FailStage(failure);
                return;
            }

            _left = _always ? -1 : _left - 1;
            var inlet = CreateSubSinkInlet<T>("RecoverWith.sub");
            inlet.SetHandler(new LambdaInHandler(
                onPush: () => Push(inlet.Grab()),
                onUpstreamFinish: CompleteStage,
                onUpstreamFailure: SwitchOver));
            SetHandler(Out, onPull: () => inlet.Pull(), onDownstreamFinish: cause =>
            {
                inlet.Cancel(cause);
                CancelStage(cause);
            });
            if (IsAvailable(Out))
            {
                inlet.Pull();
            }

            Substreams.Run(next, inlet, SubFusingMaterializer);
        }
    }
}
