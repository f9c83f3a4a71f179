using Akka.Streams;
using Akka.Streams.Stage;

namespace Miru.Actors.Tests.Streams;

/// <summary>
/// A consumer that takes one element and asks for no other until it is allowed to: a slow consumer under the test's control.
/// A custom stage, so it shows, too, that the stage API suffices for one.
/// </summary>
public sealed class GatedSink : GraphStage<SinkShape<int>>
{
    private readonly TaskCompletionSource<int> _holds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<IReadOnlyList<int>> _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Inlet<int> _in = new("gated.in");
    private Action<int> _allow;

    public GatedSink() => Shape = new SinkShape<int>(_in);

    public override SinkShape<int> Shape { get; }

    public IGraph<SinkShape<int>, Akka.NotUsed> Sink => this;

    /// <summary>The first element that was taken.</summary>
    public Task<int> Holds => _holds.Task;

    /// <summary>All elements, when the stream has ended.</summary>
    public Task<IReadOnlyList<int>> Received => _received.Task;

    public void Allow() => _allow(1);

    public void AllowAll() => _allow(int.MaxValue);

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(this);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly GatedSink _stage;
        private readonly List<int> _elements = [];
        private int _allowed = 1;

        public Logic(GatedSink stage) : base(stage.Shape)
        {
            _stage = stage;
            SetHandler(stage._in, this);
        }

        public override void PreStart()
        {
            _stage._allow = GetAsyncCallback<int>(more =>
            {
                _allowed = more == int.MaxValue ? more : _allowed + more;
                PullIfAllowed();
            });
            PullIfAllowed();
        }

        public override void OnPush()
        {
            var element = Grab(_stage._in);
            _elements.Add(element);
            _stage._holds.TrySetResult(element);
            PullIfAllowed();
        }

        public override void OnUpstreamFinish()
        {
            _stage._received.TrySetResult(_elements);
            base.OnUpstreamFinish();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _stage._received.TrySetException(e);
            base.OnUpstreamFailure(e);
        }

        private void PullIfAllowed()
        {
            if (_allowed > 0 && !HasBeenPulled(_stage._in) && !IsClosed(_stage._in))
            {
                _allowed--;
                Pull(_stage._in);
            }
        }
    }
}
