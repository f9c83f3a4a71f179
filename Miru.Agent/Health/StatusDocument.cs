using System.Globalization;
using System.Text;
using Miru.Agent.Deployments;
using Newtonsoft.Json;

namespace Miru.Agent.Health;

/// <summary>
/// <see cref="AgentStatus"/> as the JSON that docs/protocol.md promises. Its size is bounded: texts that others wrote are cut, and so is the
/// list of deployments; connections are bounded anyway.
/// </summary>
internal static class StatusDocument
{
    private const int MostDeployments = 32;
    private const int MostDriftedFiles = 32;
    private const int LongestPath = 256;
    private const int LongestName = 128;
    private const int LongestReason = 1024;

    /// <param name="namesApplications">Whether to say who is connected, rather than how many.</param>
    public static byte[] Encode(AgentStatus status, bool namesApplications)
    {
        var text = new StringBuilder(1024);
        using (var json = new JsonTextWriter(new StringWriter(text, CultureInfo.InvariantCulture)))
        {
            json.WriteStartObject();
            WriteAgent(json, status);
            WriteStore(json, status.Store);
            WriteCloud(json, status);
            WriteDeployments(json, status.Store?.Deployments ?? []);
            WriteDrift(json, status.Drift);
            WriteApplications(json, status.Applications, namesApplications);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void WriteAgent(JsonWriter json, AgentStatus status)
    {
        json.WritePropertyName("agent");
        json.WriteStartObject();
        Write(json, "version", status.Version);
        Write(json, "started_at", Instant(status.StartedAt));
        Write(json, "device", status.Device);
        json.WriteEndObject();
    }

    private static void WriteStore(JsonWriter json, StoreReported? store)
    {
        json.WritePropertyName("store");
        if (store is null)
        {
            json.WriteNull();
            return;
        }

        json.WriteStartObject();
        Write(json, "epoch", store.Epoch);
        Write(json, "sequence", store.Sequence);
        Write(json, "configs", store.Configs);
        Write(json, "problem", store.Problem is { } problem ? Cut(problem, LongestReason) : null);
        json.WriteEndObject();
    }

    private static void WriteCloud(JsonWriter json, AgentStatus status)
    {
        json.WritePropertyName("cloud");
        json.WriteStartObject();
        Write(json, "state", Word(status.Cloud.State));
        Write(json, "last_sync_at", Instant(status.LastSync));
        Write(json, "next_sync_at", Instant(status.Cloud.NextAttempt));
        json.WritePropertyName("last_error");
        if (status.LastProblem is var (problem, at))
        {
            json.WriteStartObject();
            Write(json, "code", problem.Code);
            Write(json, "message", Cut(problem.Reason, LongestReason));
            Write(json, "at", Instant(at));
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull();
        }

        json.WriteEndObject();
    }

    private static void WriteDeployments(JsonWriter json, IReadOnlyList<DeploymentReport> deployments)
    {
        json.WritePropertyName("deployment");
        if (deployments.FirstOrDefault(deployment => deployment.Activity == DeploymentActivity.Deployed) is { } current)
        {
            WriteDeployment(json, current);
        }
        else
        {
            json.WriteNull();
        }

        json.WritePropertyName("deployments");
        json.WriteStartArray();
        foreach (var deployment in deployments.Take(MostDeployments))
        {
            WriteDeployment(json, deployment);
        }

        json.WriteEndArray();
    }

    private static void WriteDeployment(JsonWriter json, DeploymentReport deployment)
    {
        json.WriteStartObject();
        Write(json, "id", Cut(deployment.Id, LongestName));
        Write(json, "release", Cut(deployment.Release, LongestName));
        Write(json, "target", deployment.Target.Word());
        Write(json, "activity", deployment.Activity.Word());
        Write(json, "error", deployment.Error.Word());
        Write(json, "reason", deployment.Reason is { } reason ? Cut(reason, LongestReason) : null);
        Write(json, "retry_at", Instant(deployment.RetryAt));
        Write(json, "sequence", deployment.Sequence);
        json.WriteEndObject();
    }

    private static void WriteDrift(JsonWriter json, IReadOnlyList<DriftedFile> drift)
    {
        json.WritePropertyName("drift");
        json.WriteStartObject();
        Write(json, "count", drift.Count);
        json.WritePropertyName("files");
        json.WriteStartArray();
        foreach (var file in drift.Take(MostDriftedFiles))
        {
            json.WriteStartObject();
            Write(json, "path", Cut(file.Path, LongestPath));
            Write(json, "kind", file.Kind);
            Write(json, "reason", file.Reason is { } reason ? Cut(reason, LongestReason) : null);
            Write(json, "since", Instant(file.Since));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteApplications(JsonWriter json, IReadOnlyCollection<ConnectedApplication> applications, bool names)
    {
        json.WritePropertyName("applications");
        json.WriteStartObject();
        Write(json, "count", applications.Count);
        if (names)
        {
            json.WritePropertyName("connected");
            json.WriteStartArray();
            foreach (var (greeting, since) in applications)
            {
                json.WriteStartObject();
                Write(json, "app", Cut(greeting.App, LongestName));
                Write(json, "sdk", Cut(greeting.Sdk, LongestName));
                Write(json, "pid", greeting.ProcessId);
                Write(json, "uid", greeting.UserId);
                Write(json, "since", Instant(since));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Write(JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static void Write(JsonWriter json, string name, long? value)
    {
        json.WritePropertyName(name);
        json.WriteValue(value);
    }

    private static string Word(CloudState state) => state switch
    {
        CloudState.Starting => "starting",
        CloudState.Reachable => "reachable",
        CloudState.Unreachable => "unreachable",
        _ => "not_provisioned",
    };

    private static string? Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
