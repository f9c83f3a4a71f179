using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A state directory as the agent written in Rust leaves it; its form is known from reading, no such agent was run.</summary>
internal sealed class RustAgentFolder(string stateDirectory)
{
    private readonly JObject _deployments = [];
    private readonly JObject _instances = [];
    private readonly JObject _releases = [];

    private string Resources => Path.Combine(stateDirectory, "resources");

    public string ContentsDirectory => Path.Combine(Resources, "config_instances", "contents");

    public string DeploymentsFile => Path.Combine(Resources, "deployments.json");

    /// <param name="files">Path and text of each config; its instance is called after the deployment and its position.</param>
    public RustAgentFolder With(string id, string activity, string target, params (string Path, string Text)[] files)
    {
        var instances = files.Select((_, i) => $"{id}:{i}").ToArray();
        _deployments[id] = Entry(id, new JObject
        {
            ["id"] = id,
            ["description"] = "",
            ["activity_status"] = activity,
            ["error_status"] = "none",
            ["target_status"] = target,
            ["device_id"] = "dvc_1",
            ["release_id"] = "rls_1",
            ["created_at"] = "2026-05-03T10:00:00Z",
            ["config_instance_ids"] = new JArray(instances),
        });
        _releases["rls_1"] = Entry("rls_1", new JObject { ["id"] = "rls_1", ["version"] = "v1.4.2" });
        for (var i = 0; i < files.Length; i++)
        {
            _instances[instances[i]] = Entry(instances[i], new JObject
            {
                ["id"] = instances[i],
                ["config_type_name"] = Path.GetFileNameWithoutExtension(files[i].Path),
                ["filepath"] = files[i].Path,
            });
            Directory.CreateDirectory(ContentsDirectory);
            Write(Path.Combine(ContentsDirectory, $"{id}_{i}.json"), Entry(instances[i], files[i].Text));
        }

        Write(DeploymentsFile, _deployments);
        Write(Path.Combine(Resources, "releases.json"), _releases);
        Write(Path.Combine(Resources, "config_instances", "metadata.json"), _instances);
        return this;
    }

    private static JObject Entry(string key, JToken value) => new()
    {
        ["key"] = key,
        ["value"] = value,
        ["is_dirty"] = false,
        ["created_at"] = "2026-05-03T10:00:00.123456Z",
        ["last_accessed"] = "2026-05-03T10:00:00.123456Z",
    };

    private static void Write(string path, JToken content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.ToString(Formatting.Indented), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
