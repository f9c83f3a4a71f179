namespace Miru.Agent.Settings;

/// <summary>One thing that is wrong with the settings, in the words an operator needs to put it right.</summary>
/// <param name="File">The file, or the environment variable, that holds the mistake.</param>
/// <param name="Key">The full key, or "" where the file as a whole is the problem.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Expected">What would be right, or "" where the reason says it.</param>
internal sealed record SettingsProblem(string File, string Key, string Reason, string Expected)
{
    public override string ToString() =>
        (Key.Length == 0 ? $"{File}: {Reason}" : $"{File}: {Key}: {Reason}") + (Expected.Length == 0 ? "" : $"; {Expected}");
}
