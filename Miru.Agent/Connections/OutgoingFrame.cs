using System.Buffers.Binary;
using Miru.Protocol;

namespace Miru.Agent.Connections;

/// <summary>
/// A frame ready for the socket. Its bytes may be shared with other connections; only the correlation is the
/// connection's own and is written over them as they go to the socket.
/// </summary>
/// <param name="Prefix">Length, kind, header, and the body where that is short: at most <see cref="MaxPrefix"/> bytes. Empty where the bytes are no frame (HTTP).</param>
/// <param name="Body">The rest: a config's content, never copied for its receivers. Often empty.</param>
/// <param name="Correlation">Which request or watch it answers; 0 for none.</param>
internal readonly record struct OutgoingFrame(byte[] Prefix, ReadOnlyMemory<byte> Body, uint Correlation)
{
    /// <summary>The longest prefix, in bytes.</summary>
    public const int MaxPrefix = ProtocolLimits.PreambleSize + ProtocolLimits.MaxHeader;

    public static OutgoingFrame Of(Message message, uint correlation = 0)
    {
        var encoded = MessageCodec.Encode(message, correlation);
        if (encoded.Length <= MaxPrefix)
        {
            return new OutgoingFrame(encoded, default, correlation);
        }

        var bodyStart = ProtocolLimits.PreambleSize + BinaryPrimitives.ReadUInt16BigEndian(encoded.AsSpan(6));
        return new OutgoingFrame(encoded[..bodyStart], encoded.AsMemory(bodyStart), correlation);
    }
}
