using Akka.Event;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Logs elements and the end of the stream, at the levels that the attributes say.</summary>
internal sealed class Log<T>(string name, Func<T, object> extract, ILoggingAdapter log) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, name, extract, log);

    private sealed class Logic(FlowShape<T, T> shape, string name, Func<T, object> extract, ILoggingAdapter log) : FlowLogic<T, T>(shape)
    {
        private static readonly Streams.Attributes.LogLevels Defaults = new(LogLevel.DebugLevel, LogLevel.DebugLevel, LogLevel.ErrorLevel);
        private Streams.Attributes.LogLevels _levels;
        private ILoggingAdapter _log;

        public override void PreStart()
        {
            _levels = Attributes.GetAttribute(Defaults);
            _log = log ?? base.Log;
        }

        public override void OnPush()
        {
            var element = Grab();
            try
            {
                if (Logs(_levels.OnElement))
                {
                    _log.Log(_levels.OnElement, null, $"[{name}] Element: {extract(element)}");
                }
            }
            catch (Exception cause) when (Drops(cause))
            {
                TryPull(In);
                return;
            }

            Push(element);
        }

        public override void OnUpstreamFinish()
        {
            if (Logs(_levels.OnFinish))
            {
                _log.Log(_levels.OnFinish, null, $"[{name}] Upstream finished.");
            }

            base.OnUpstreamFinish();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            if (Logs(_levels.OnFailure))
            {
                _log.Log(_levels.OnFailure, e, $"[{name}] Upstream failed.");
            }

            base.OnUpstreamFailure(e);
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            if (Logs(_levels.OnFinish))
            {
                _log.Log(_levels.OnFinish, null, $"[{name}] Downstream finished.");
            }

            base.OnDownstreamFinish(cause);
        }

        private bool Logs(LogLevel level) => level != Streams.Attributes.LogLevels.Off && _log.IsEnabled(level);
    }
}
