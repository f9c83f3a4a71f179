using System.Reflection;

namespace Miru.Agent.Settings;

/// <summary>Turns the reference, an overlay file and the environment into <see cref="AgentSettings"/>, or says everything that is wrong.</summary>
internal static class AgentSettingsLoader
{
    /// <summary>Overrides <c>miru.socket.path</c> and nothing else, so that agent and applications are pointed elsewhere by one name.</summary>
    public const string SocketVariable = "MIRU_AGENT_SOCKET";

    private const string ReferenceName = "miru.reference.conf";

    /// <summary>The reference settings as they are built into the agent.</summary>
    public static string ReferenceText()
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ReferenceName)!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd();
    }

    /// <param name="referenceText">Text of the reference settings: every key with its default.</param>
    /// <param name="overlayPath">File of <c>--config</c>, or null.</param>
    /// <param name="environment">Looks a variable up; null where it is not set.</param>
    /// <exception cref="SettingsException">Lists every problem found.</exception>
    public static AgentSettings Load(string referenceText, string? overlayPath, Func<string, string?> environment)
    {
        List<SettingsSource> sources = [SettingsSource.Parse(ReferenceName, referenceText)];
        if (overlayPath is not null)
        {
            sources.Add(SettingsSource.Parse(overlayPath, ReadOverlay(overlayPath)));
        }

        if (environment(SocketVariable) is { Length: > 0 } socket)
        {
            var values = new Dictionary<string, SettingValue> { ["miru.socket.path"] = new(socket, null) };
            sources.Add(new SettingsSource($"{SocketVariable} in the environment", values));
        }

        var reader = new SettingsReader(sources);
        var settings = AgentSettings.Read(reader);
        return reader.Problems.Count == 0 ? settings : throw new SettingsException(reader.Problems);
    }

    private static string ReadOverlay(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([new SettingsProblem(path, "", $"cannot be read: {(Directory.Exists(path) ? "it is a directory" : unreadable.Message.TrimEnd('.'))}", "check the path after --config and its permissions")]);
        }
    }
}
