namespace Miru.Agent.Settings;

/// <summary>The settings cannot be used. Lists every problem at once, so that one edit can put all of them right.</summary>
internal sealed class SettingsException : Exception
{
    public SettingsException(IReadOnlyList<SettingsProblem> problems)
        : base(string.Join(Environment.NewLine, problems)) => Problems = problems;

    public IReadOnlyList<SettingsProblem> Problems { get; }
}
