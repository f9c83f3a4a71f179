using Miru.Protocol;

namespace Miru.Sdk.Requests;

/// <summary>An answer awaited by a task. Its continuation never runs on the thread that reads the socket.</summary>
internal sealed class PromisedAnswer()
    : TaskCompletionSource<Message>(TaskCreationOptions.RunContinuationsAsynchronously), IPendingAnswer
{
    public bool IsPromise => true;

    public bool Recalls(in Frame frame, string epoch) => false;

    public void Answer(Message message, ReadOnlySpan<byte> header, string epoch) => TrySetResult(message);

    public void Lose(SessionLostException cause) => TrySetException(cause);
}
