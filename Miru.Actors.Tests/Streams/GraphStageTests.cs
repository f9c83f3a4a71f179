using System.Threading.Channels;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Miru.Actors.Tests.Streams;

/// <summary>What a custom stage may rely on.</summary>
public sealed class GraphStageTests : StreamSpec
{
    [Fact]
    public async Task Pulling_twice_fails_the_stage() =>
        Assert.IsType<ArgumentException>(await FailureOf(Source.Never<int>().Via(Probe.Of((logic, _) => logic.PullTwice()))));

    [Fact]
    public async Task Pushing_without_demand_fails_the_stage() =>
        Assert.IsType<ArgumentException>(await FailureOf(Source.Never<int>().Via(Probe.Of((logic, _) => logic.PushTwice()))));

    [Fact]
    public async Task Grabbing_what_has_not_arrived_fails_the_stage() =>
        Assert.IsType<ArgumentException>(await FailureOf(Source.Never<int>().Via(Probe.Of((logic, _) => logic.GrabNothing()))));

    [Fact]
    public async Task An_exception_of_a_handler_fails_downstream_and_runs_PostStop()
    {
        var events = Channel.CreateUnbounded<string>();
        var failure = await FailureOf(Source.Never<int>().Via(Probe.Of((_, _) => throw new InvalidDataException("broken"), events.Writer)));

        Assert.Equal("broken", failure.Message);
        Assert.Equal(["PreStart", "PostStop"], await Drain(events, 2));
    }

    [Fact]
    public async Task An_element_pushed_before_completion_arrives_first()
    {
        var elements = await Elements(Source.FromGraph(new Script((logic, outlet) => logic.PushAndComplete(outlet, 5))));

        Assert.Equal([5], elements);
    }

    [Fact]
    public async Task Emitted_elements_go_out_before_the_stage_completes()
    {
        var elements = await Elements(Source.FromGraph(new Script((logic, outlet) => logic.EmitThenComplete(outlet, [1, 2, 3], [4, 5]))));

        Assert.Equal([1, 2, 3, 4, 5], elements);
    }

    [Fact]
    public async Task An_asynchronous_callback_runs_on_the_stream_and_not_after_it()
    {
        var callback = new TaskCompletionSource<Action<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = Source.FromGraph(new Script((logic, outlet) => callback.TrySetResult(logic.CallbackThatEmitsAndCompletes(outlet))))
            .RunWith(Sink.Seq<int>(), Materializer);

        var send = await callback.Task.WaitAsync(Patience);
        send(9);
        send(10);

        Assert.Equal([9], await result.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_stage_that_keeps_going_outlives_its_ports()
    {
        var events = Channel.CreateUnbounded<string>();
        var stage = new KeepsGoing(events.Writer);
        await Source.FromGraph(stage).RunWith(Sink.Ignore<int>(), Materializer).WaitAsync(Patience);

        Assert.False(events.Reader.TryRead(out _));
        stage.LetGo();
        Assert.Equal(["PostStop"], await Drain(events, 1));
    }

    [Fact]
    public async Task A_stage_that_completes_as_a_whole_keeps_going_no_longer()
    {
        var events = Channel.CreateUnbounded<string>();
        await Source.FromGraph(new KeepsGoing(events.Writer, endsAsAWhole: true)).RunWith(Sink.Ignore<int>(), Materializer).WaitAsync(Patience);

        Assert.Equal(["PostStop"], await Drain(events, 1));
    }

    [Fact]
    public async Task A_timer_fires_once_and_a_cancelled_one_never()
    {
        var elements = await Elements(Source.FromGraph(new Timed()));

        Assert.Equal(["kept", "repeated", "repeated", "last"], elements);
    }

    [Fact]
    public async Task Cancellation_reaches_the_source_with_its_cause()
    {
        var cause = new InvalidDataException("enough");
        var events = Channel.CreateUnbounded<string>();
        Source.FromGraph(new Script((_, _) => { }, finish => events.Writer.TryWrite(finish.Message)))
            .To(Sink.FromGraph(new CancelsWith(cause))).Run(Materializer);

        Assert.Equal(["enough"], await Drain(events, 1));
    }

    [Fact]
    public async Task Each_materialization_has_a_logic_of_its_own()
    {
        var flow = Flow.FromGraph(new Counting());

        Assert.Equal([1, 2, 3], await Elements(Source.From([0, 0, 0]).Via(flow)));
        Assert.Equal([1, 2, 3], await Elements(Source.From([0, 0, 0]).Via(flow)));
        Assert.Equal([1, 2], await Elements(Source.From([0, 0]).Via(flow).Via(flow)));
    }

    private static async Task<List<string>> Drain(Channel<string> events, int count)
    {
        var read = new List<string>();
        while (read.Count < count)
        {
            read.Add(await events.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        }

        return read;
    }

    /// <summary>A flow that does something forbidden at the first demand, or at the first element.</summary>
    private sealed class Probe : GraphStage<FlowShape<int, int>>
    {
        private readonly Action<Logic, int> _act;
        private readonly ChannelWriter<string> _events;

        private Probe(Action<Logic, int> act, ChannelWriter<string> events) => (_act, _events) = (act, events);

        public override FlowShape<int, int> Shape { get; } = new(new Inlet<int>("probe.in"), new Outlet<int>("probe.out"));

        public static Probe Of(Action<Logic, int> act, ChannelWriter<string> events = null) => new(act, events);

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

        public sealed class Logic : InAndOutGraphStageLogic
        {
            private readonly Probe _probe;

            public Logic(Probe probe) : base(probe.Shape)
            {
                _probe = probe;
                SetHandlers(probe.Shape.Inlet, probe.Shape.Outlet, this);
            }

            public override void PreStart() => _probe._events?.TryWrite("PreStart");

            public override void PostStop() => _probe._events?.TryWrite("PostStop");

            public override void OnPush()
            {
            }

            public override void OnPull() => _probe._act(this, 0);

            public void PullTwice()
            {
                Pull(_probe.Shape.Inlet);
                Pull(_probe.Shape.Inlet);
            }

            public void PushTwice()
            {
                Push(_probe.Shape.Outlet, 1);
                Push(_probe.Shape.Outlet, 2);
            }

            public void GrabNothing() => Grab(_probe.Shape.Inlet);
        }
    }

    /// <summary>A source that runs a script at its first demand.</summary>
    private sealed class Script(Action<Script.Logic, Outlet<int>> onPull, Action<Exception> onFinish = null) : GraphStage<SourceShape<int>>
    {
        public override SourceShape<int> Shape { get; } = new(new Outlet<int>("script.out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, onPull, onFinish);

        public sealed class Logic : GraphStageLogic
        {
            public Logic(SourceShape<int> shape, Action<Logic, Outlet<int>> onPull, Action<Exception> onFinish) : base(shape) =>
                SetHandler(shape.Outlet, onPull: () => onPull(this, shape.Outlet), onDownstreamFinish: cause =>
                {
                    onFinish?.Invoke(cause);
                    CompleteStage();
                });

            public void PushAndComplete(Outlet<int> outlet, int element)
            {
                Push(outlet, element);
                CompleteStage();
            }

            public void EmitThenComplete(Outlet<int> outlet, params int[][] batches)
            {
                foreach (var batch in batches)
                {
                    EmitMultiple(outlet, batch);
                }

                CompleteStage();
            }

            public Action<int> CallbackThatEmitsAndCompletes(Outlet<int> outlet) => GetAsyncCallback<int>(element =>
            {
                Push(outlet, element);
                CompleteStage();
            });
        }
    }

    private sealed class KeepsGoing(ChannelWriter<string> events, bool endsAsAWhole = false) : GraphStage<SourceShape<int>>
    {
        private Action _letGo;

        public override SourceShape<int> Shape { get; } = new(new Outlet<int>("keeps-going.out"));

        public void LetGo() => _letGo();

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this, events, endsAsAWhole);

        private sealed class Logic : GraphStageLogic
        {
            private readonly KeepsGoing _stage;
            private readonly ChannelWriter<string> _events;

            public Logic(KeepsGoing stage, ChannelWriter<string> events, bool endsAsAWhole) : base(stage.Shape)
            {
                (_stage, _events) = (stage, events);
                SetHandler(stage.Shape.Outlet, onPull: () =>
                {
                    if (endsAsAWhole) CompleteStage();
                    else Complete(stage.Shape.Outlet);
                });
            }

            public override void PreStart()
            {
                SetKeepGoing(true);
                _stage._letGo = GetAsyncCallback(() => SetKeepGoing(false));
            }

            public override void PostStop() => _events.TryWrite("PostStop");
        }
    }

    private sealed class Timed : GraphStage<SourceShape<string>>
    {
        public override SourceShape<string> Shape { get; } = new(new Outlet<string>("timed.out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

        private sealed class Logic : TimerGraphStageLogic
        {
            private readonly Outlet<string> _out;
            private int _repeats;

            public Logic(SourceShape<string> shape) : base(shape)
            {
                _out = shape.Outlet;
                SetHandler(_out, onPull: DoNothing);
            }

            public override void PreStart()
            {
                ScheduleOnce("cancelled", TimeSpan.FromMilliseconds(1));
                CancelTimer("cancelled");
                ScheduleOnce("kept", TimeSpan.FromMilliseconds(1));
            }

            protected override void OnTimer(object timerKey)
            {
                switch (timerKey)
                {
                    case "kept":
                        ScheduleRepeatedly("repeated", TimeSpan.FromMilliseconds(5));
                        break;

                    case "repeated" when ++_repeats == 2:
                        CancelTimer("repeated");
                        ScheduleOnce("last", TimeSpan.FromMilliseconds(5));
                        break;
                }

                Emit(_out, (string)timerKey);
                if (timerKey is "last")
                {
                    CompleteStage();
                }
            }
        }
    }

    private sealed class CancelsWith(Exception cause) : GraphStage<SinkShape<int>>
    {
        public override SinkShape<int> Shape { get; } = new(new Inlet<int>("cancels.in"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, cause);

        private sealed class Logic : GraphStageLogic
        {
            private readonly Inlet<int> _in;
            private readonly Exception _cause;

            public Logic(SinkShape<int> shape, Exception cause) : base(shape)
            {
                (_in, _cause) = (shape.Inlet, cause);
                SetHandler(_in, onPush: DoNothing);
            }

            public override void PreStart() => Cancel(_in, _cause);
        }
    }

    private sealed class Counting : GraphStage<FlowShape<int, int>>
    {
        public override FlowShape<int, int> Shape { get; } = new(new Inlet<int>("counting.in"), new Outlet<int>("counting.out"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

        private sealed class Logic : InAndOutGraphStageLogic
        {
            private readonly FlowShape<int, int> _shape;
            private int _count;

            public Logic(FlowShape<int, int> shape) : base(shape)
            {
                _shape = shape;
                SetHandlers(shape.Inlet, shape.Outlet, this);
            }

            public override void OnPush()
            {
                Grab(_shape.Inlet);
                Push(_shape.Outlet, ++_count);
            }

            public override void OnPull() => Pull(_shape.Inlet);
        }
    }
}
