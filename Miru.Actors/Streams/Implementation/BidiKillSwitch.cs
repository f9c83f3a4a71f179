using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Implementation;

/// <summary>One kill switch on both directions of a bidirectional flow.</summary>
internal sealed class BidiKillSwitch<T1, T2> : Stage.GraphStageWithMaterializedValue<BidiShape<T1, T1, T2, T2>, UniqueKillSwitch>
{
    public override BidiShape<T1, T1, T2, T2> Shape { get; } = new(
        new Inlet<T1>("KillSwitchBidi.in1"), new Outlet<T1>("KillSwitchBidi.out1"), new Inlet<T2>("KillSwitchBidi.in2"), new Outlet<T2>("KillSwitchBidi.out2"));

    public override Stage.ILogicAndMaterializedValue<UniqueKillSwitch> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var signal = new KillSignal();
        return new Stage.LogicAndMaterializedValue<UniqueKillSwitch>(new Logic(Shape, signal), new UniqueKillSwitch(signal));
    }

    private sealed class Logic : Stage.GraphStageLogic
    {
        private readonly KillSignal _signal;
        private Action<Exception> _listener;

        public Logic(BidiShape<T1, T1, T2, T2> shape, KillSignal signal) : base(shape)
        {
            _signal = signal;
            PassThrough(shape.Inlet1, shape.Outlet1);
            PassThrough(shape.Inlet2, shape.Outlet2);
        }

        public override void PreStart()
        {
            _listener = GetAsyncCallback<Exception>(cause =>
            {
                if (cause is null)
                {
                    CompleteStage();
                }
                else
                {
                    FailStage(cause);
                }
            });
            _signal.Subscribe(_listener);
        }

        public override void PostStop() => _signal.Unsubscribe(_listener);

        /// <summary>The directions end independently, as two flows would.</summary>
        private void PassThrough<T>(Inlet<T> inlet, Outlet<T> outlet)
        {
            SetHandler(inlet, onPush: () => Push(outlet, Grab(inlet)), onUpstreamFinish: () => Complete(outlet), onUpstreamFailure: cause => Fail(outlet, cause));
            SetHandler(outlet, onPull: () => Pull(inlet), onDownstreamFinish: cause => Cancel(inlet, cause));
        }
    }
}
