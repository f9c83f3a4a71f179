namespace Miru.Agent.Settings;

/// <summary>How much the agent logs.</summary>
/// <param name="Level">trace, debug, info, warning or error.</param>
internal sealed record LoggingSettings(string Level)
{
    public static LoggingSettings Read(SettingsReader settings) =>
        new(settings.Choice("log.level", "trace", "debug", "info", "warning", "error"));
}
