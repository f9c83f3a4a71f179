namespace Miru.Protocol;

/// <summary>The outcome of reading one frame from the start of a buffer.</summary>
public readonly record struct FrameReadResult
{
    private FrameReadResult(FrameReadStatus status, int length, Frame frame, Violation? violation)
    {
        Status = status;
        Length = length;
        Frame = frame;
        Violation = violation;
    }

    /// <summary>Whether a frame, part of one, or a violation was found.</summary>
    public FrameReadStatus Status { get; }

    /// <summary>
    /// Bytes counted from the start of the buffer. With <see cref="FrameReadStatus.Frame"/> what the frame took; with
    /// <see cref="FrameReadStatus.NeedMore"/> what must be there before another look is worth it, which is the whole
    /// frame as soon as its length has arrived; with <see cref="FrameReadStatus.Violation"/> 0.
    /// </summary>
    public int Length { get; }

    /// <summary>The frame, if <see cref="Status"/> is <see cref="FrameReadStatus.Frame"/>.</summary>
    public Frame Frame { get; }

    /// <summary>The broken clause, if <see cref="Status"/> is <see cref="FrameReadStatus.Violation"/>; otherwise null.</summary>
    public Violation? Violation { get; }

    internal static FrameReadResult NeedMore(int length) => new(FrameReadStatus.NeedMore, length, default, null);

    internal static FrameReadResult Whole(in Frame frame, int length) => new(FrameReadStatus.Frame, length, frame, null);

    internal static FrameReadResult Broken(string clause, string reason) =>
        new(FrameReadStatus.Violation, 0, default, new Violation(clause, reason));
}
