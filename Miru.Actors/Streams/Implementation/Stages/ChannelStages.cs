using System.Threading.Channels;
using Akka.Streams.Stage;
using Akka.Util;

namespace Akka.Streams.Implementation.Stages;

/// <summary>What is read from a channel, until it completes.</summary>
internal sealed class ChannelReaderSource<T>(ChannelReader<T> reader) : SourceStage<T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new ChannelReaderLogic<T>(Shape, reader);
}

/// <summary>Reads the channel at the pace of demand.</summary>
internal sealed class ChannelReaderLogic<T>(SourceShape<T> shape, ChannelReader<T> reader) : SourceLogic<T>(shape)
{
    private Action<Task<bool>> _readable;

    public override void PreStart()
    {
        _readable = GetAsyncCallback<Task<bool>>(OnReadable);
        if (reader.Completion.IsCompleted)
        {
            OnReadable(reader.WaitToReadAsync().AsTask());
        }
    }

    public override void OnPull() => Read();

    private void Read()
    {
        if (reader.TryRead(out var element))
        {
            Push(element);
            return;
        }

        var readable = reader.WaitToReadAsync().AsTask();
        if (readable.IsCompleted)
        {
            OnReadable(readable);
        }
        else
        {
            TaskNotification.Send(readable, _readable);
        }
    }

    private void OnReadable(Task<bool> readable)
    {
        if (!readable.IsCompletedSuccessfully)
        {
            FailStage(TaskNotification.Failure(readable));
        }
        else if (!readable.Result)
        {
            CompleteStage();
        }
        else if (IsAvailable(Out))
        {
            Read();
        }
    }
}

/// <summary>Writes to a channel; a full channel makes the stream wait.</summary>
internal sealed class ChannelWriterSink<T, TMat>(Func<(ChannelWriter<T> Writer, TMat Value)> open, bool isOwner)
    : GraphStageWithMaterializedValue<SinkShape<T>, TMat>
{
    public override SinkShape<T> Shape { get; } = new(new Inlet<T>("ChannelSink.in"));

    public override ILogicAndMaterializedValue<TMat> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var (writer, value) = open();
        return new LogicAndMaterializedValue<TMat>(new Logic(Shape, writer, isOwner), value);
    }

    private sealed class Logic : InGraphStageLogic
    {
        private readonly Inlet<T> _in;
        private readonly ChannelWriter<T> _writer;
        private readonly bool _isOwner;
        private Action<Task<bool>> _writable;
        private bool _finishing;

        public Logic(SinkShape<T> shape, ChannelWriter<T> writer, bool isOwner) : base(shape)
        {
            (_in, _writer, _isOwner) = (shape.Inlet, writer, isOwner);
            SetHandler(_in, this);
        }

        public override void PreStart()
        {
            _writable = GetAsyncCallback<Task<bool>>(OnWritable);
            Pull(_in);
        }

        public override void OnPush() => Write(Grab(_in));

        public override void OnUpstreamFinish()
        {
            if (_waiting.HasValue)
            {
                _finishing = true;
                SetKeepGoing(true);
            }
            else
            {
                Close(null);
                CompleteStage();
            }
        }

        public override void OnUpstreamFailure(Exception e)
        {
            Close(e);
            FailStage(e);
        }

        public override void PostStop() => Close(new AbruptStageTerminationException(this));

        private Option<T> _waiting;

        private void Write(T element)
        {
            if (_writer.TryWrite(element))
            {
                _waiting = Option<T>.None;
                if (_finishing)
                {
                    SetKeepGoing(false);
                    Close(null);
                    CompleteStage();
                }
                else
                {
                    Pull(_in);
                }

                return;
            }

            _waiting = element;
            var writable = _writer.WaitToWriteAsync().AsTask();
            if (writable.IsCompleted)
            {
                OnWritable(writable);
            }
            else
            {
                TaskNotification.Send(writable, _writable);
            }
        }

        private void OnWritable(Task<bool> writable)
        {
            if (!writable.IsCompletedSuccessfully)
            {
                FailStage(TaskNotification.Failure(writable));
            }
            else if (!writable.Result)
            {
                SetKeepGoing(false);
                CompleteStage();
            }
            else
            {
                Write(_waiting.Value);
            }
        }

        private void Close(Exception cause)
        {
            if (_isOwner)
            {
                _writer.TryComplete(cause);
            }
        }
    }
}

/// <summary>A source over a channel of its own.</summary>
internal sealed class OwnChannelSource<T>(BoundedChannelOptions options) : GraphStageWithMaterializedValue<SourceShape<T>, ChannelWriter<T>>
{
    public override SourceShape<T> Shape { get; } = new(new Outlet<T>("ChannelSource.out"));

    public override ILogicAndMaterializedValue<ChannelWriter<T>> CreateLogicAndMaterializedValue(Attributes inheritedAttributes)
    {
        var channel = Channel.CreateBounded<T>(options);
        return new LogicAndMaterializedValue<ChannelWriter<T>>(new ChannelReaderLogic<T>(Shape, channel.Reader), channel.Writer);
    }
}
