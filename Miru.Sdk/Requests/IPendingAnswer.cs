using Miru.Protocol;

namespace Miru.Sdk.Requests;

/// <summary>Somebody who waits for one answer. Told at most once, by the thread that reads; must not wait.</summary>
internal interface IPendingAnswer
{
    /// <summary>True if it waits without reading.</summary>
    bool IsPromise { get; }

    /// <summary>Takes an answer it has seen before, byte for byte, without decoding it.</summary>
    bool Recalls(in Frame frame, string epoch);

    void Answer(Message message, ReadOnlySpan<byte> header, string epoch);

    void Lose(SessionLostException cause);
}
