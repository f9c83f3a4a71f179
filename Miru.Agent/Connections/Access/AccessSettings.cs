using System.Globalization;
using Miru.Agent.Settings;

namespace Miru.Agent.Connections.Access;

/// <summary>The access rules, names resolved.</summary>
/// <param name="Rules">What applies on this machine.</param>
/// <param name="UnknownByDefault">Users and groups of the default rules that this machine does not have; their rules apply to nobody.</param>
internal sealed record AccessSettings(IReadOnlyList<AccessRule> Rules, IReadOnlyList<string> UnknownByDefault)
{
    private const string Key = "access.rules";
    private const string Shape = "a rule is { group = NAME or user = NAME, may = [read, sync, status, admin], configs = [\"lidar-*\"] }";

    private static readonly Dictionary<string, Operations> Words = new(StringComparer.Ordinal)
    {
        ["read"] = Operations.Read,
        ["sync"] = Operations.Sync,
        ["status"] = Operations.Status,
        ["admin"] = Operations.Admin,
    };

    public static AccessSettings Read(SettingsReader settings) => Read(settings, Accounts.UserId, Accounts.GroupId, Accounts.UnknownUser);

    /// <param name="userId">The id of a user by name; <c>null</c> where there is none.</param>
    /// <param name="groupId">The id of a group by name; <c>null</c> where there is none.</param>
    /// <param name="unknownUser">The id that stands for users the kernel cannot map.</param>
    public static AccessSettings Read(
        SettingsReader settings, Func<string, uint?> userId, Func<string, uint?> groupId, uint unknownUser)
    {
        var rules = new List<AccessRule>();
        var unknown = new List<string>();
        foreach (var entry in settings.Entries(Key, Shape, "user", "group", "may", "configs"))
        {
            var may = ReadOperations(entry);
            var configs = ReadConfigs(entry, may);
            if (ReadPrincipal(entry, userId, groupId, unknownUser, unknown) is { } who)
            {
                rules.Add(new AccessRule(who, may, configs));
            }
        }

        return new AccessSettings(rules, unknown);
    }

    private static Principal? ReadPrincipal(
        SettingsEntry entry, Func<string, uint?> userId, Func<string, uint?> groupId, uint unknownUser, List<string> unknown)
    {
        var (user, group) = (entry.Text("user"), entry.Text("group"));
        if ((user is null) == (group is null))
        {
            entry.Refuse("", "names not exactly one of user and group", Shape);
            return null;
        }

        if (user == SlugPattern.All)
        {
            return new Principal.Everyone();
        }

        var (kind, name, find) = user is not null ? ("user", user, userId) : ("group", group!, groupId);
        var id = uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : find(name);
        if (id == unknownUser || id == uint.MaxValue)
        {
            entry.Refuse(kind, $"{id} is what the kernel says for somebody it does not know", "nobody in particular has this id; name another one");
            return null;
        }

        if (id is null && entry.IsDefault)
        {
            unknown.Add($"{kind} {name}");
            return null;
        }

        if (id is null)
        {
            entry.Refuse(kind, $"there is no {kind} '{name}' on this machine", $"create it, correct the name, or give a number where it is known only later (getent {(kind == "user" ? "passwd" : "group")})");
            return null;
        }

        return kind == "user" ? new Principal.User(id.Value) : new Principal.Group(id.Value);
    }

    private static Operations ReadOperations(SettingsEntry entry)
    {
        var may = Operations.None;
        foreach (var word in entry.Texts("may") ?? [])
        {
            if (Words.TryGetValue(word, out var operation))
            {
                may |= operation;
            }
            else
            {
                entry.Refuse("may", $"'{word}' is none of the operations", "expected read, sync, status, admin");
            }
        }

        if (may == Operations.None)
        {
            entry.Refuse("may", "grants nothing", "expected at least one of read, sync, status, admin");
        }

        return may;
    }

    private static IReadOnlyList<SlugPattern> ReadConfigs(SettingsEntry entry, Operations may)
    {
        var patterns = entry.Texts("configs");
        if (patterns is not null && !may.HasFlag(Operations.Read))
        {
            entry.Refuse("configs", "narrows reading, which this rule does not grant", "add read to may, or leave configs out");
        }
        else if (patterns is not null && (patterns.Count == 0 || patterns.Any(string.IsNullOrWhiteSpace)))
        {
            entry.Refuse("configs", "names no config", "expected slugs, with * for any run of characters; leave it out for all");
        }

        return [.. (patterns ?? [SlugPattern.All]).Select(pattern => new SlugPattern(pattern))];
    }
}
