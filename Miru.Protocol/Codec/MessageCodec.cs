using System.Buffers;

namespace Miru.Protocol;

/// <summary>
/// Messages to frames and back. Decoding accepts any frame and never throws: what is not a message is a
/// <see cref="Violation"/> that names the clause.
/// </summary>
public static class MessageCodec
{
    /// <summary>Encodes a message as one frame in a new array.</summary>
    /// <param name="message">The message.</param>
    /// <param name="correlation">Non-zero for a request and its answer; 0 for what nobody asked for.</param>
    /// <exception cref="ArgumentException">
    /// A header over 4 KiB, a frame over 4 MiB, or a request without correlation.
    /// </exception>
    public static byte[] Encode(Message message, uint correlation = 0) => FrameWriter.ToArray(ToFrame(message, correlation));

    /// <summary>Encodes a message as one frame at the end of <paramref name="output"/>.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="message">The message.</param>
    /// <param name="correlation">Non-zero for a request and its answer; 0 for what nobody asked for.</param>
    /// <exception cref="ArgumentException">
    /// A header over 4 KiB, a frame over 4 MiB, or a request without correlation; nothing was written.
    /// </exception>
    public static void Encode(IBufferWriter<byte> output, Message message, uint correlation = 0) =>
        FrameWriter.Write(output, ToFrame(message, correlation));

    /// <summary>Encodes only a message's header: for frames whose header and body are kept ready, such as configs.</summary>
    /// <param name="message">The message.</param>
    /// <returns>JSON in UTF-8; empty if the message has no members.</returns>
    /// <exception cref="ArgumentException">The header is over 4 KiB.</exception>
    public static byte[] EncodeHeader(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var header = JsonEncoder.Encode(message, static (json, message) =>
        {
            json.WriteStartObject();
            message.WriteHeader(json);
            json.WriteEndObject();
        });
        if (header.Length > ProtocolLimits.MaxHeader)
        {
            throw new ArgumentException(
                $"The header of {message.Kind} takes {header.Length} bytes; at most {ProtocolLimits.MaxHeader} may be sent.",
                nameof(message));
        }

        return header.Length > "{}".Length ? header : [];
    }

    /// <summary>Decodes a frame. Contents stay slices of the frame's buffer.</summary>
    /// <param name="frame">Any frame, also a hostile one.</param>
    /// <returns>A message, a violation, or neither for an unknown kind that may be skipped.</returns>
    public static DecodeResult Decode(in Frame frame)
    {
        try
        {
            // Kind first: what is skipped is not looked into.
            if (!IsKnown(frame.Kind))
            {
                return frame.Flags.HasFlag(FrameFlags.Ignorable)
                    ? DecodeResult.Skipped
                    : DecodeResult.Broken(new Violation(Clauses.Frame4, $"kind {(byte)frame.Kind} is unknown and not ignorable"));
            }

            var header = frame.Header.IsEmpty ? JsonMembers.None : JsonText.ParseObject(frame.Header.Span);
            var message = Read(frame.Kind, header, frame.Body);
            return message.Asks && frame.Correlation == 0
                ? DecodeResult.Broken(new Violation(Clauses.Frame6, $"{message.Kind} needs a correlation other than 0"))
                : DecodeResult.Of(message);
        }
        catch (ViolationException broken)
        {
            return DecodeResult.Broken(broken.Violation);
        }
    }

    private static Frame ToFrame(Message message, uint correlation)
    {
        var header = EncodeHeader(message);
        return message.Asks && correlation == 0
            ? throw new ArgumentException($"{message.Kind} needs a correlation other than 0.", nameof(correlation))
            : new Frame(message.Kind, FrameFlags.None, correlation, header, message.EncodeBody());
    }

    private static bool IsKnown(FrameKind kind) => kind is
        (>= FrameKind.Hello and <= FrameKind.Demand) or (>= FrameKind.Sync and <= FrameKind.Ping)
        or (>= FrameKind.Welcome and <= FrameKind.Removed) or (>= FrameKind.Status and <= FrameKind.Synced);

    private static Message Read(FrameKind kind, JsonMembers header, ReadOnlyMemory<byte> body) => kind switch
    {
        FrameKind.Hello => Hello.Read(header),
        FrameKind.Get => Get.Read(header),
        FrameKind.List => new List(),
        FrameKind.Watch => Watch.Read(header),
        FrameKind.Unwatch => Unwatch.Read(header),
        FrameKind.Demand => Demand.Read(header),
        FrameKind.Sync => new Sync(),
        FrameKind.GetStatus => new GetStatus(),
        FrameKind.Ping => new Ping(),
        FrameKind.Welcome => Welcome.Read(header),
        FrameKind.Config => ConfigMessage.Read(header, body),
        FrameKind.Listed => Listed.Read(header, body),
        FrameKind.Watching => Watching.Read(header, body),
        FrameKind.Removed => Removed.Read(header),
        FrameKind.Status => StatusMessage.Read(body),
        FrameKind.Done => new Done(),
        FrameKind.Heartbeat => Heartbeat.Read(header),
        FrameKind.Goodbye => Goodbye.Read(header),
        FrameKind.Error => ErrorMessage.Read(header),
        FrameKind.Pong => new Pong(),
        FrameKind.Synced => Synced.Read(header),
        _ => throw new ViolationException(Clauses.Frame4, $"kind {(byte)kind} is unknown"),
    };
}
