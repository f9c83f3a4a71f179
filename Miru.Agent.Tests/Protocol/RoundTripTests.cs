using FsCheck;
using FsCheck.Fluent;
using Miru.Protocol;
using Xunit;

namespace Miru.Agent.Tests.Protocol;

public sealed class RoundTripTests
{
    private static readonly Gen<string> Text =
        from characters in Gen.Choose(0x20, 0xD7FF).Select(code => (char)code).ListOf()
        select new string([.. characters.Take(40)]);

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Constant<string?>(null), Text.Select(text => (string?)text));

    private static readonly Gen<long> Natural = Gen.OneOf(
        Gen.Choose(0, 1000).Select(value => (long)value), Gen.Elements(0L, 1L << 53, long.MaxValue));

    private static readonly Gen<Cursor> Cursors = from epoch in Text from sequence in Natural select new Cursor(epoch, sequence);

    private static readonly Gen<IReadOnlyList<string>> Names =
        Text.NonEmptyListOf().Select(names => (IReadOnlyList<string>)[.. names.Take(10)]);

    private static readonly Gen<ReadOnlyMemory<byte>> Bytes =
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Select(bytes => (ReadOnlyMemory<byte>)bytes);

    private static readonly Gen<Message> Configs =
        from slug in Text
        from sequence in Natural
        from digest in Text
        from deployment in Text
        from release in Text
        from format in Text
        from path in Maybe
        from superseded in Natural
        from content in Bytes
        select (Message)new ConfigMessage(slug, sequence, digest, deployment, release, format, path, superseded, content);

    private static readonly Gen<Message> Lists =
        from head in Cursors
        from slug in Text
        from sequence in Natural
        from path in Maybe
        from size in Natural
        from count in Gen.Choose(0, 5)
        select (Message)new Listed(
            head, [.. Enumerable.Repeat(new ConfigSummary(slug, sequence, "d", "p", "r", "f", path, size), count)]);

    private static readonly Gen<Message> Watches =
        from names in Names
        from all in Gen.Elements(true, false)
        from after in Cursors
        from resume in Gen.Elements(true, false)
        select (Message)new Watch(all ? [] : names, all, resume ? after : null);

    private static readonly Gen<Message> Welcomes =
        from features in Names
        from device in Maybe
        from head in Cursors
        from demand in Gen.Choose(0, 65_535)
        from beat in Gen.Choose(1, int.MaxValue)
        select (Message)new Welcome(1, features, "agent", device, head, 4096, 32, demand, TimeSpan.FromMilliseconds(beat));

    private static readonly Gen<Message> Errors =
        from code in Text
        from text in Text
        from clause in Maybe
        from retryable in Gen.Elements(true, false)
        select (Message)new ErrorMessage(code, text, clause, retryable);

    private static readonly Gen<Message> Snapshots =
        from head in Cursors
        from full in Gen.Elements(true, false)
        from names in Names
        select (Message)new Watching(head, full, full ? names : []);

    [Fact]
    [Trait("Clause", "frame-3")]
    public void Whatever_is_sent_arrives() => Prop
        .ForAll(Arb.From(Gen.OneOf(Configs, Lists, Watches, Welcomes, Errors, Snapshots)), Arrives)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static bool Arrives(Message message)
    {
        var read = FrameReader.Read(MessageCodec.Encode(message, 7), ProtocolLimits.MaxLength);
        return Shape.Of(message) == Shape.Of(MessageCodec.Decode(read.Frame).Message);
    }
}
