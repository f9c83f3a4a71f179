namespace Miru.Agent.Tests.Doubles;

/// <summary>A body whose connection is reset after these bytes.</summary>
internal sealed class BreakingStream(byte[] start) : UnseekableStream(new MemoryStream(start))
{
    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, count) is > 0 and var read ? read : throw new IOException("connection reset");
}
