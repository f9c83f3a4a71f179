namespace Akka.IO;

/// <summary>Which byte of a number comes first.</summary>
public enum ByteOrder
{
    /// <summary>The most significant one.</summary>
    BigEndian = 0,

    /// <summary>The least significant one.</summary>
    LittleEndian = 1,
}
