namespace Quickstart;

/// <summary>One agent's own corner of the disk: settings, state, socket, the files it deploys, its log.</summary>
internal sealed class AgentFolder
{
    private AgentFolder(string root) => Root = root;

    public string Root { get; }

    public string SettingsFile => Path.Combine(Root, "agent.conf");

    public string StateDirectory => Path.Combine(Root, "state");

    public string SocketPath => Path.Combine(Root, "run", "miru.sock");

    public string DeployDirectory => Path.Combine(Root, "configs");

    public string LogFile => Path.Combine(Root, "agent.log");

    /// <summary>Makes the folder and the settings file that differs from the reference only where two agents would collide.</summary>
    public static AgentFolder Create(string root, Uri cloud, string extraSettings = "")
    {
        var folder = new AgentFolder(root);
        Directory.CreateDirectory(folder.StateDirectory);
        Directory.CreateDirectory(folder.DeployDirectory);
        File.WriteAllText(folder.SettingsFile, $$"""
            miru {
              state-directory = "{{folder.StateDirectory}}"
              socket { path = "{{folder.SocketPath}}", group = "" }
              deployments { allowed-roots = ["{{folder.DeployDirectory}}"] }
              cloud { url = "{{new Uri(cloud, "agent/v1")}}" }
            }
            {{extraSettings}}
            """);
        return folder;
    }
}
