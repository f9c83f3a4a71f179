using Miru.Cloud;
using Quickstart;

namespace Miru.Agent.Tests.Scenarios;

/// <summary>
/// A control plane's data and a device's identity that know each other, made once by the real provisioning and copied for each scenario: an
/// RSA-4096 key takes seconds of a core.
/// </summary>
internal static class ProvisionedPair
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static async Task CopyToAsync(string cloudData, string agentRoot)
    {
        var made = await Made.Value;
        Copy(Path.Combine(made, "cloud"), cloudData);
        Copy(Path.Combine(made, "agent"), agentRoot);
    }

    private static async Task<string> MakeAsync()
    {
        const string Key = "provisioning-key";
        var root = Directory.CreateTempSubdirectory("miru-provisioned-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root, recursive: true);
        await using var cloud = await CloudServer.StartAsync(new CloudOptions
        {
            Urls = "http://127.0.0.1:0",
            DataDirectory = Path.Combine(root, "cloud"),
            AdminKeys = [Key],
        });
        using var admin = new AdminClient(cloud.BaseAddress, Key);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var folder = AgentFolder.Create(Path.Combine(root, "agent"), cloud.BaseAddress);
        await AgentProcess.ProvisionAsync(folder, await admin.NewProvisioningTokenAsync(deadline.Token), deadline.Token);
        return root;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)), File.GetUnixFileMode(directory));
        // File.Copy keeps modes: the key stays private.
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
