namespace Miru.Agent.Settings;

/// <summary>A value as it stands in a settings file: a text, a list of texts, or a list of objects with members of their own.</summary>
internal sealed record SettingValue(
    string? Text, IReadOnlyList<string>? Items, IReadOnlyList<IReadOnlyDictionary<string, SettingValue>>? Objects = null);
