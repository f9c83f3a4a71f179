namespace Miru.Protocol;

/// <summary>
/// One frame of the link. <see cref="Header"/> and <see cref="Body"/> are slices of the buffer it was read from and
/// live no longer than that buffer does: whoever keeps them, copies them.
/// </summary>
/// <param name="Kind">What the frame is; may be a number this version has no name for.</param>
/// <param name="Flags">Its flag bits.</param>
/// <param name="Correlation">Chosen by whoever asks and echoed in the answer; 0 marks what nobody asked for.</param>
/// <param name="Header">One JSON object in UTF-8, at most 4 KiB; empty means <c>{}</c>.</param>
/// <param name="Body">Opaque bytes.</param>
public readonly record struct Frame(
    FrameKind Kind,
    FrameFlags Flags,
    uint Correlation,
    ReadOnlyMemory<byte> Header,
    ReadOnlyMemory<byte> Body);
