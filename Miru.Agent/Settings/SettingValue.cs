namespace Miru.Agent.Settings;

/// <summary>A value as it stands in a settings file: a text, or a list of texts.</summary>
internal sealed record SettingValue(string? Text, IReadOnlyList<string>? Items);
