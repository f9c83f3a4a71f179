namespace Miru.Protocol;

/// <summary>Bits of a frame's flag byte. Bits without a name are sent as 0 and ignored when received.</summary>
[Flags]
public enum FrameFlags : byte
{
    /// <summary>No flag is set.</summary>
    None = 0,

    /// <summary>A receiver that does not know the frame's kind skips it (clause frame-4).</summary>
    Ignorable = 1,
}
