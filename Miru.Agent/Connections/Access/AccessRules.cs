namespace Miru.Agent.Connections.Access;

/// <summary>Who may do what on the socket: pure, from what the kernel says of a peer to its <see cref="AccessRights"/>. For one actor's use.</summary>
/// <param name="rules">The settings' rules; a peer has what all that fit it grant together.</param>
/// <param name="ownUser">The user the agent runs as; may do everything, like root.</param>
/// <param name="unknownUser">
/// What the kernel reports for a user that this process's user namespace does not map (65534). It says nothing about who the peer is, so
/// such a peer has no rights, whatever the rules say and whoever the agent runs as.
/// </param>
internal sealed class AccessRules(IReadOnlyList<AccessRule> rules, uint ownUser, uint unknownUser)
{
    private const uint Root = 0;

    /// <summary>Different rights that are kept for sharing; peers beyond that get their own instance.</summary>
    private const int MostShared = 256;

    private readonly Dictionary<string, AccessRights> _shared = new(StringComparer.Ordinal);

    /// <summary>Users and groups that only the default names and this machine does not have.</summary>
    public IReadOnlyList<string> UnknownByDefault { get; init; } = [];

    public AccessRights Of(PeerCredentials peer)
    {
        if (peer.UserId == unknownUser)
        {
            return AccessRights.Nothing;
        }

        if (peer.UserId == Root || peer.UserId == ownUser)
        {
            return AccessRights.Everything;
        }

        var fitting = rules.Where(rule => rule.Who.Fits(peer)).ToList();
        var may = fitting.Aggregate(Operations.None, (granted, rule) => granted | rule.May);
        var configs = fitting.Where(rule => rule.May.HasFlag(Operations.Read)).SelectMany(rule => rule.Configs).Distinct().ToList();
        return may == Operations.None ? AccessRights.Nothing : Share(may, configs);
    }

    /// <summary>Whether a rule is for the members of this group, or for everybody.</summary>
    public bool Name(uint groupId) => rules.Any(rule => rule.Who is Principal.Everyone || rule.Who == new Principal.Group(groupId));

    private AccessRights Share(Operations may, List<SlugPattern> configs)
    {
        var key = $"{(int)may} {string.Join(' ', configs.Select(pattern => pattern.Text).Order(StringComparer.Ordinal))}";
        if (!_shared.TryGetValue(key, out var rights))
        {
            rights = new AccessRights(may, configs);
            if (_shared.Count < MostShared)
            {
                _shared.Add(key, rights);
            }
        }

        return rights;
    }
}
