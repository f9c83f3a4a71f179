using Akka.IO;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Cuts a stream of bytes into frames; how, the subclass knows.</summary>
internal abstract class FramingLogic(FlowShape<ByteString, ByteString> shape) : FlowLogic<ByteString, ByteString>(shape)
{
    protected readonly ByteQueue Buffer = new();

    public sealed override void OnPush()
    {
        Buffer.Enqueue(Grab());
        PushFrame();
    }

    public sealed override void OnPull() => PushFrame();

    public sealed override void OnUpstreamFinish()
    {
        if (Buffer.Count == 0)
        {
            CompleteStage();
        }
        else if (IsAvailable(Out))
        {
            PushFrame();
        }
    }

    /// <summary>The next frame, or null if more bytes are needed.</summary>
    /// <exception cref="Framing.FramingException">The bytes are no frames.</exception>
    protected abstract ByteString TakeFrame();

    /// <summary>What is left when upstream has ended within a frame: a last frame, or null if that is an error.</summary>
    protected virtual ByteString TakeTruncated() => null;

    private void PushFrame()
    {
        ByteString frame;
        try
        {
            frame = TakeFrame();
        }
        catch (Framing.FramingException malformed)
        {
            FailStage(malformed);
            return;
        }

        if (frame is null && IsClosed(In))
        {
            if (Buffer.Count > 0)
            {
                frame = TakeTruncated();
            }

            if (frame is null)
            {
                if (Buffer.Count == 0)
                {
                    CompleteStage();
                }
                else
                {
                    FailStage(new Framing.FramingException("Stream finished but there was a truncated final frame in the buffer"));
                }

                return;
            }
        }

        if (frame is null)
        {
            Pull();
            return;
        }

        Push(frame);
        if (Buffer.Count == 0 && IsClosed(In))
        {
            CompleteStage();
        }
    }
}
