using Akka.Event;
using Miru.Agent.Connections.Access;

namespace Miru.Agent.Connections;

/// <summary>What the listener tells people: whom it turned away and why, and which settings will not do what they look like.</summary>
/// <param name="log">The listener's.</param>
/// <param name="link">Names the limits.</param>
/// <param name="time">Keeps a flood of refusals from being a flood of lines.</param>
internal sealed class ListenerLog(ILoggingAdapter log, LinkSettings link, TimeProvider time)
{
    private readonly RefusalLog _refusals = new(time);

    /// <summary>The limit of open files leaves room for fewer connections than are allowed.</summary>
    public void Fit(int connections)
    {
        if (connections < link.MaxConnections)
        {
            log.Warning(
                "The limit of open files leaves room for {0} connections, not {1}. Raise it (LimitNOFILE), or lower miru.link.max-connections.",
                connections,
                link.MaxConnections);
        }
    }

    /// <summary>Rules and socket group that let in fewer than one might think.</summary>
    /// <param name="access">The rules.</param>
    /// <param name="socketGroup">Who may open the socket; empty for nobody besides its user, or where systemd made it.</param>
    public void Check(AccessRules access, string socketGroup)
    {
        if (access.UnknownByDefault.Count > 0)
        {
            log.Info("This machine has no {0}: the default miru.access.rules let only root and the agent's own user in.", string.Join(", ", access.UnknownByDefault));
        }

        if (socketGroup.Length > 0 && Accounts.GroupId(socketGroup) is { } group && !access.Name(group))
        {
            log.Warning("Members of group {0} can open the socket (miru.socket.group), but no rule of miru.access.rules is for them.", socketGroup);
        }
    }

    /// <summary>A peer is served that no rule gives any right.</summary>
    public void WithoutRights(Peer peer)
    {
        if (_refusals.Note(RefusalKind.Rights, out var silent))
        {
            log.Warning("No rule of miru.access.rules is for {0}: it may do nothing{1}.", peer, More(silent));
        }
    }

    /// <summary>A peer found no place.</summary>
    public void Refused(PeerCredentials peer, ConnectionQuota quota)
    {
        if (quota.IsFull)
        {
            if (_refusals.Note(RefusalKind.Total, out var silent))
            {
                log.Warning("Refused {0}: all {1} connections are taken (miru.link.max-connections){2}.", peer, quota.Count, More(silent));
            }
        }
        else if (_refusals.Note(RefusalKind.User, out var silent))
        {
            log.Warning("Refused {0}: its user has {1} connections (miru.link.max-connections-per-user){2}.", peer, link.MaxConnectionsPerUser, More(silent));
        }
    }

    /// <summary>The kernel gave no connection.</summary>
    public void CannotAccept(Exception cause)
    {
        if (_refusals.Note(RefusalKind.Descriptors, out var silent))
        {
            log.Warning("Cannot accept connections: {0}. Check the limit of open files (LimitNOFILE); retrying{1}.", cause.Message, More(silent));
        }
    }

    private static string More(int silent) => silent == 0 ? "" : $"; {silent} more since the last such line";
}
