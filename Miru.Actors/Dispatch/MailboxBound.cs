using Akka.Configuration;

namespace Akka.Dispatch;

/// <summary>
/// The places of a bounded mailbox. A sender without a place waits for one, on its own thread and for the push timeout (10 s unless set), and then its message
/// goes to the dead letters. That is Akka.NET's rule and a trap: flow control belongs into the protocol, as explicit demand.
/// </summary>
internal sealed class MailboxBound(int capacity, TimeSpan pushTimeout)
{
    private const string DefaultMailbox = "akka.actor.default-mailbox";
    private const int DefaultCapacity = 1000;
    private static readonly TimeSpan DefaultPushTimeout = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(capacity, capacity);

    internal bool TryEnter() => _places.Wait(pushTimeout);

    internal void Leave() => _places.Release();

    /// <summary>The bound that the settings under <paramref name="id"/> ask for; null for an unbounded mailbox.</summary>
    /// <exception cref="ConfigurationException">Nothing is set under the id, or its type is not one of Akka.NET's plain mailboxes.</exception>
    internal static MailboxBound From(Config settings, string id)
    {
        if (id is not { Length: > 0 } || id == DefaultMailbox) return null;
        if (!settings.HasPath(id)) throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        var mailbox = settings.GetConfig(id);
        var type = mailbox.GetString("mailbox-type", "");
        return type.Split(',')[0].Trim() switch
        {
            "Akka.Dispatch.UnboundedMailbox" or "Akka.Dispatch.UnboundedDequeBasedMailbox" => null,
            "Akka.Dispatch.BoundedMailbox" or "Akka.Dispatch.BoundedDequeBasedMailbox" => new MailboxBound(
                mailbox.GetInt("mailbox-capacity", DefaultCapacity),
                mailbox.GetTimeSpan("mailbox-push-timeout-time", DefaultPushTimeout)),
            _ => throw new ConfigurationException($"Mailbox Type [{id}]: [{type}] is not served here"),
        };
    }
}
