namespace Miru.Cloud.Deployments;

/// <summary>The contract's words for the three dimensions of a deployment's state.</summary>
internal static class DeploymentStatus
{
    public const string Drifted = "drifted";
    public const string Staged = "staged";
    public const string Queued = "queued";
    public const string Deployed = "deployed";
    public const string Removing = "removing";
    public const string Archived = "archived";

    public const string None = "none";
    public const string Failed = "failed";
    public const string Retrying = "retrying";

    public static readonly IReadOnlyList<string> Activities = [Drifted, Staged, Queued, Deployed, Removing, Archived];

    public static readonly IReadOnlyList<string> Errors = [None, Failed, Retrying];

    /// <summary>The one status shown to people: an error takes precedence over the activity.</summary>
    public static string Of(string activity, string error) => error == None ? activity : error;
}
