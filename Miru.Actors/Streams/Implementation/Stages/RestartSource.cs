using Akka.Event;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>A source that is started again when it ends, or only when it fails. Elements on their way are lost, the stream goes on.</summary>
internal sealed class RestartSource<T, TMat>(Func<Source<T, TMat>> factory, RestartSettings settings, bool onlyOnFailures) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, factory, settings, onlyOnFailures);

    private sealed class Logic(SourceShape<T> shape, Func<Source<T, TMat>> factory, RestartSettings settings, bool onlyOnFailures)
        : SourceLogic<T>(shape)
    {
        private static readonly object RestartTimer = new();
        private readonly RestartBudget _budget = new(settings);
        private SubSinkInlet<T> _run;

        public override void PreStart() => Begin();

        public override void OnPull()
        {
            if (_run is { IsClosed: false })
            {
                _run.Pull();
            }
        }

        public override void OnDownstreamFinish(Exception cause)
        {
            _run.Cancel(cause);
            CancelStage(cause);
        }

        protected override void OnTimer(object timerKey) => Begin();

        private void Begin()
        {
            var run = CreateSubSinkInlet<T>("RestartSource.run");
            run.SetHandler(new LambdaInHandler(
                onPush: () => Push(run.Grab()),
                onUpstreamFinish: () =>
                {
                    if (onlyOnFailures)
                    {
                        CompleteStage();
                    }
                    else
                    {
                        End(null);
                    }
                },
                onUpstreamFailure: End));
            _run = run;
            _budget.Begin(Interpreter.Host.Now);
            if (IsAvailable(Out))
            {
                run.Pull();
            }

            Substreams.Run(factory(), run, SubFusingMaterializer);
        }

        private void End(Exception cause)
        {
            if (_budget.Next(Interpreter.Host.Now) is { } delay)
            {
                if (cause is not null)
                {
                    Log.Warning("Restarting stream in {0} due to failure: {1}", delay, cause.Message);
                }

                ScheduleOnce(RestartTimer, delay);
            }
            else if (cause is null)
            {
                CompleteStage();
            }
            else
            {
                FailStage(cause);
            }
        }
    }
}
