namespace Miru.Agent.Settings;

/// <summary>One object of a list of objects, such as a rule. Like its reader it collects what is wrong instead of throwing.</summary>
/// <param name="isDefault">It comes from the reference: nobody on this machine wrote it.</param>
/// <param name="members">Its members as they stand in the file.</param>
/// <param name="refuse">Records a problem with a member, or with "" the whole entry.</param>
internal sealed class SettingsEntry(bool isDefault, IReadOnlyDictionary<string, SettingValue> members, Action<string, string, string> refuse)
{
    public bool IsDefault => isDefault;

    /// <summary>A single value; <c>null</c> where the entry has no such member.</summary>
    public string? Text(string member)
    {
        if (!members.TryGetValue(member, out var value))
        {
            return null;
        }

        if (value.Text is null)
        {
            Refuse(member, "is a list", "expected a single value");
        }

        return value.Text ?? "";
    }

    /// <summary>A list; <c>null</c> where the entry has no such member.</summary>
    public IReadOnlyList<string>? Texts(string member)
    {
        if (!members.TryGetValue(member, out var value))
        {
            return null;
        }

        if (value.Items is null)
        {
            Refuse(member, "is a single value", "expected a list, such as [\"a\", \"b\"]");
        }

        return value.Items ?? [];
    }

    public void Refuse(string member, string reason, string expected) => refuse(member, reason, expected);
}
