namespace Miru.Protocol;

/// <summary>What <see cref="FrameReader"/> found at the start of a buffer.</summary>
public enum FrameReadStatus
{
    /// <summary>A frame has begun, or nothing has; more bytes decide.</summary>
    NeedMore,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>Bytes that can never become a frame, however many follow.</summary>
    Violation,
}
