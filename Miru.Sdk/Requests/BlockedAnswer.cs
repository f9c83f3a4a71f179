using Miru.Protocol;
using Miru.Sdk.Transport;

namespace Miru.Sdk.Requests;

/// <summary>An answer a thread blocks for, and may read itself.</summary>
internal sealed class BlockedAnswer : Awaited, IPendingAnswer
{
    private Question? _question;

    public bool IsPromise => false;

    /// <summary>The config if that was the answer; once done.</summary>
    public MiruConfig? Config { get; private set; }

    /// <summary>The answer if it was no config; once done.</summary>
    public Message? Other { get; private set; }

    /// <summary>Makes it ready to wait, again.</summary>
    public BlockedAnswer To(Question question)
    {
        Reset();
        (_question, Config, Other) = (question, null, null);
        return this;
    }

    public bool Recalls(in Frame frame, string epoch)
    {
        Config = _question!.Recall(frame, epoch);
        if (Config is null)
        {
            return false;
        }

        Done();
        return true;
    }

    public void Answer(Message message, ReadOnlySpan<byte> header, string epoch)
    {
        Config = message is ConfigMessage config ? _question!.Learn(config, header, epoch) : null;
        Other = Config is null ? message : null;
        Done();
    }

    /// <summary>Done without answer.</summary>
    public void Lose(SessionLostException cause) => Done();
}
