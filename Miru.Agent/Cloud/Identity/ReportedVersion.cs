namespace Miru.Agent.Cloud.Identity;

/// <summary>The version of the agent that the cloud was told last, on disk, so that an upgrade is told once.</summary>
internal static class ReportedVersion
{
    /// <summary>Null if none is known, which costs one request.</summary>
    public static string? TryRead(string stateDirectory)
    {
        try
        {
            return SecretFile.Read(PathIn(stateDirectory))?.Trim();
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static void Write(string stateDirectory, string version) => SecretFile.Write(PathIn(stateDirectory), version + "\n", SecretFile.GroupReadable);

    private static string PathIn(string stateDirectory) => Path.Combine(stateDirectory, "agent_version");
}
