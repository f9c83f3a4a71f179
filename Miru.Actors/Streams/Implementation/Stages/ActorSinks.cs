using Akka.Actor;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Tells each element to an actor, as fast as they come. Cancels when the actor terminates.</summary>
internal sealed class ActorRefSink<T>(IActorRef target, object onComplete, Func<Exception, object> onFailure) : SinkStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, target, onComplete, onFailure);

    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<T> _in;
        private readonly IActorRef _target;
        private readonly object _onComplete;
        private readonly Func<Exception, object> _onFailure;
        private bool _signalled;

        public Logic(SinkShape<T> shape, IActorRef target, object onComplete, Func<Exception, object> onFailure) : base(shape)
        {
            (_in, _target, _onComplete, _onFailure) = (shape.Inlet, target, onComplete, onFailure);
            SetHandler(_in, this);
        }

        public override void PreStart()
        {
            var terminated = GetAsyncCallback(() =>
            {
                _signalled = true;
                CompleteStage();
            });
            Interpreter.Host.Actor.Watch(_target, _ => terminated());
            Pull(_in);
        }

        public override void OnPush()
        {
            _target.Tell(Grab(_in), ActorRefs.NoSender);
            Pull(_in);
        }

        public override void OnUpstreamFinish()
        {
            Signal(_onComplete);
            CompleteStage();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            Signal(_onFailure(e));
            FailStage(e);
        }

        public override void PostStop() => Signal(_signalled ? null : _onFailure(new AbruptStageTerminationException(this)));

        private void Signal(object message)
        {
            if (!_signalled)
            {
                _signalled = true;
                _target.Tell(message, ActorRefs.NoSender);
            }
        }
    }
}

/// <summary>
/// Tells each element to an actor and waits for its acknowledgement before the next one; the end is told right after the last element. Cancels when
/// the actor terminates.
/// </summary>
internal sealed class ActorRefWithAckSink<T>(IActorRef target, object onInit, object ack, object onComplete, Func<Exception, object> onFailure)
    : SinkStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new Logic(Shape, this, inheritedAttributes.GetAttribute<Attributes.InputBuffer>()?.Max ?? 16);

    private IActorRef Target => target;

    private object OnInit => onInit;

    private object Ack => ack;

    private object OnComplete => onComplete;

    private Func<Exception, object> OnFailure => onFailure;

    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<T> _in;
        private readonly ActorRefWithAckSink<T> _stage;
        private readonly BoundedBuffer<T> _buffer;
        private StageReference _self;
        private bool _acknowledged;
        private bool _finished;
        private bool _signalled;

        public Logic(SinkShape<T> shape, ActorRefWithAckSink<T> stage, int size) : base(shape)
        {
            (_in, _stage) = (shape.Inlet, stage);
            _buffer = new BoundedBuffer<T>(size);
            SetHandler(_in, this);
        }

        public override void PreStart()
        {
            SetKeepGoing(true);
            _self = Interpreter.Host.CreateStageActor("ack", GetAsyncCallback<(IActorRef, object)>(OnMessage));
            var terminated = GetAsyncCallback(() => End(null));
            Interpreter.Host.Actor.Watch(_stage.Target, _ => terminated());
            _stage.Target.Tell(_stage.OnInit, _self);
            Pull(_in);
        }

        public override void OnPush()
        {
            _buffer.Enqueue(Grab(_in));
            Advance();
        }

        public override void OnUpstreamFinish()
        {
            _finished = true;
            Advance();
        }

        public override void OnUpstreamFailure(Exception e)
        {
            _signalled = true;
            _stage.Target.Tell(_stage.OnFailure(e), _self);
            SetKeepGoing(false);
            FailStage(e);
        }

        public override void PostStop()
        {
            if (!_signalled)
            {
                _stage.Target.Tell(_stage.OnFailure(new AbruptStageTerminationException(this)), _self);
            }

            _self?.Stop();
        }

        private void OnMessage((IActorRef Sender, object Message) received)
        {
            if (received.Message.Equals(_stage.Ack))
            {
                _acknowledged = true;
                Advance();
            }
        }

        private void Advance()
        {
            if (_acknowledged && _buffer.Count > 0)
            {
                _acknowledged = false;
                _stage.Target.Tell(_buffer.Dequeue(), _self);
            }

            if (!_finished)
            {
                if (!_buffer.IsFull)
                {
                    TryPull(_in);
                }
            }
            else if (_buffer.Count == 0)
            {
                End(_stage.OnComplete);
            }
        }

        private void End(object lastWord)
        {
            _signalled = true;
            if (lastWord is not null)
            {
                _stage.Target.Tell(lastWord, _self);
            }

            SetKeepGoing(false);
            CompleteStage();
        }
    }
}
