using System.Globalization;
using System.Text;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;
using Miru.Agent.Deployments.Files;
using Miru.Agent.Settings;

namespace Miru.Benchmarks.Crash;

/// <summary>
/// An agent's corner of the disk with one deployment of twenty files in place and another of twenty fetched and waiting: whichever agent is
/// started on it applies the second one. The store is written by the agent's own code, the files too.
/// </summary>
internal sealed class CrashSite
{
    public const int Files = 20;
    private const int FileSize = 16 * 1024;
    private const string OldId = "dpl_old";
    private const string NewId = "dpl_new";

    private readonly string _template;

    private CrashSite(string root, string template)
    {
        Root = root;
        _template = template;
    }

    /// <summary>The agent's dll.</summary>
    public string Agent { get; private init; } = "";

    public string Root { get; }

    public string SettingsFile => Path.Combine(Root, "agent.conf");

    public string State => Path.Combine(Root, "state");

    public string Configs => Path.Combine(Root, "configs");

    public string SocketPath => Path.Combine(Root, "miru.sock");

    /// <summary>Bytes by path before and after the apply.</summary>
    public IReadOnlyDictionary<string, byte[]> Old { get; private set; } = new Dictionary<string, byte[]>();

    public IReadOnlyDictionary<string, byte[]> New { get; private set; } = new Dictionary<string, byte[]>();

    /// <param name="agent">The dll to start; the one beside this program if null.</param>
    /// <param name="root">Where; created, with a sibling for the copy that every cycle begins with.</param>
    /// <param name="outside">Where the copy goes instead, for a root on a disk that will lose power.</param>
    public static CrashSite Prepare(string root, string? outside = null, string? agent = null)
    {
        var site = new CrashSite(root, outside ?? root + ".template") { Agent = agent ?? CrashAgent.Built() };
        Directory.CreateDirectory(site.State);
        Directory.CreateDirectory(site.Configs);
        File.WriteAllText(site.SettingsFile, site.SettingsWith(site.State));
        site.Old = site.Bytes("old", Enumerable.Range(1, Files));
        // Two go, two come, one stays as it is; the rest changes.
        site.New = site.Bytes("new", Enumerable.Range(3, Files)).ToDictionary(
            file => file.Key, file => file.Key.EndsWith("config-07.json", StringComparison.Ordinal) ? site.Old[file.Key] : file.Value);
        site.Fill();
        Copy(root, site._template);
        return site;
    }

    /// <summary>As it was prepared, whatever happened since.</summary>
    public void Restore()
    {
        Directory.Delete(Root, recursive: true);
        Copy(_template, Root);
    }

    /// <summary>Puts the prepared content under another root: a disk of its own.</summary>
    public static void Copy(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)), File.GetUnixFileMode(directory));
        // A dead agent leaves its socket behind.
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".sock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
    }

    public void Delete()
    {
        Directory.Delete(Root, recursive: true);
        Directory.Delete(_template, recursive: true);
    }

    /// <summary>A settings file with the same socket and a state directory of its own, which is empty.</summary>
    public string SettingsOfAnother()
    {
        var path = Path.Combine(Root, "another.conf");
        File.WriteAllText(path, SettingsWith(Path.Combine(Root, "another")));
        return path;
    }

    /// <summary>The agent's settings, as it reads them itself.</summary>
    public AgentSettings Settings() => AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), SettingsFile, _ => null);

    private string SettingsWith(string state) => $$"""
        miru {
          state-directory = "{{state}}"
          socket { path = "{{SocketPath}}", group = "" }
          deployments { allowed-roots = ["{{Configs}}"], retry-backoff { min = 1s } }
          cloud { url = "http://127.0.0.1:9/agent/v1" }
        }
        """;

    private Dictionary<string, byte[]> Bytes(string generation, IEnumerable<int> numbers) => numbers.ToDictionary(
        number => Path.Combine(Configs, string.Create(CultureInfo.InvariantCulture, $"d{number % 3}/config-{number:00}.json")),
        number => Encoding.UTF8.GetBytes($"{{\"generation\":\"{generation}\",\"number\":{number},\"filling\":\"{new string((char)('a' + (number % 26)), FileSize)}\"}}"));

    private void Fill()
    {
        var settings = Settings();
        var rules = settings.Deployments.Files;
        using var ledger = ConfigLedger.OpenAsIs(settings.Store, TimeProvider.System);
        Fetch(ledger, [Listed(OldId, DeploymentTarget.Deployed, Old)], Old, OldId);
        var apply = (ApplyDeployment)ledger.NextWork(DateTimeOffset.UnixEpoch).Work!;
        _ = Preconditions.Check(apply, rules, out var placed);
        var plan = new FileStaging(new PosixFileSystem(), rules).Stage(
            [.. placed.Select(config => new WantedFile(config.Config.FilePath, config.Config.Digest, config.Config.Content))], [], []);
        var work = ledger.Commit(new DeploymentStaged(0, OldId, placed, plan, [], 0));
        new FileSwitch(new PosixFileSystem(), rules).Run(work.Plan, new Dictionary<string, ReadOnlyMemory<byte>>(), verify: false, []);
        ledger.Applied(new DeploymentApplied(0, OldId, placed, [], []), DateTimeOffset.UnixEpoch);
        Fetch(ledger, [Listed(OldId, DeploymentTarget.Archived, Old), Listed(NewId, DeploymentTarget.Deployed, New)], New, NewId);
    }

    private static FetchedDeployment Listed(string id, DeploymentTarget target, IReadOnlyDictionary<string, byte[]> files) => new(
        id, id, target, DeploymentActivity.Queued,
        [.. files.Keys.Select(path => new FetchedInstance($"{id}/{Path.GetFileName(path)}", Path.GetFileNameWithoutExtension(path), path))]);

    private static void Fetch(ConfigLedger ledger, IReadOnlyList<FetchedDeployment> listed, IReadOnlyDictionary<string, byte[]> files, string id)
    {
        foreach (var (path, bytes) in files)
            ledger.KeepContent(new KeepContent($"{id}/{Path.GetFileName(path)}", "application/json", bytes));
        ledger.Merge(listed);
    }
}
