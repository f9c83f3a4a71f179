namespace Akka.Streams.Stage;

/// <summary>Ready-made handlers.</summary>
public abstract partial class GraphStageLogic
{
    public static readonly Action DoNothing = () => { };
    public static readonly InHandler EagerTerminateInput = Stage.EagerTerminateInput.Instance;
    public static readonly InHandler IgnoreTerminateInput = Stage.IgnoreTerminateInput.Instance;
    public static readonly InHandler TotallyIgnorantInput = Stage.TotallyIgnorantInput.Instance;
    public static readonly OutHandler EagerTerminateOutput = Stage.EagerTerminateOutput.Instance;
    public static readonly OutHandler IgnoreTerminateOutput = Stage.IgnoreTerminateOutput.Instance;

    public static InHandler ConditionalTerminateInput(Func<bool> predicate) => new ConditionalTerminateInput(predicate);

    public static OutHandler ConditionalTerminateOutput(Func<bool> predicate) => new ConditionalTerminateOutput(predicate);

    /// <summary>An inlet's handler made of functions; what is not given ends the stage.</summary>
    protected sealed class LambdaInHandler : InHandler
    {
        private readonly Action _onPush;
        private readonly Action _onUpstreamFinish;
        private readonly Action<Exception> _onUpstreamFailure;

        public LambdaInHandler(Action onPush, Action onUpstreamFinish = null, Action<Exception> onUpstreamFailure = null) =>
            (_onPush, _onUpstreamFinish, _onUpstreamFailure) = (onPush, onUpstreamFinish, onUpstreamFailure);

        public override void OnPush() => _onPush();

        public override void OnUpstreamFinish()
        {
            if (_onUpstreamFinish is null)
            {
                base.OnUpstreamFinish();
            }
            else
            {
                _onUpstreamFinish();
            }
        }

        public override void OnUpstreamFailure(Exception e)
        {
            if (_onUpstreamFailure is null)
            {
                base.OnUpstreamFailure(e);
            }
            else
            {
                _onUpstreamFailure(e);
            }
        }
    }

    /// <summary>An outlet's handler made of functions; what is not given ends the stage.</summary>
    protected sealed class LambdaOutHandler : OutHandler
    {
        private readonly Action _onPull;
        private readonly Action<Exception> _onDownstreamFinish;

        public LambdaOutHandler(Action onPull, Action<Exception> onDownstreamFinish = null) =>
            (_onPull, _onDownstreamFinish) = (onPull, onDownstreamFinish);

        public override void OnPull() => _onPull();

        public override void OnDownstreamFinish(Exception cause)
        {
            if (_onDownstreamFinish is null)
            {
                base.OnDownstreamFinish(cause);
            }
            else
            {
                _onDownstreamFinish(cause);
            }
        }
    }
}
