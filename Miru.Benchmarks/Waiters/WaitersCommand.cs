using System.CommandLine;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Miru.Benchmarks.Reporting;
using Miru.Cloud.Devices;
using Miru.Cloud.Hosting;
using Miru.Cloud.Identity;
using Miru.Cloud.Storage;
using Newtonsoft.Json.Linq;

namespace Miru.Benchmarks.Waiters;

/// <summary><c>waiters</c>: ten thousand devices that wait in one control plane, and are told all at once.</summary>
internal static class WaitersCommand
{
    private const int Devices = 10_000;
    private const int WarmUp = 500;
    private const int AtATime = 100;
    private const string AdminKey = "the-key-of-the-waiters";

    public static Command Create(Option<FileInfo?> json)
    {
        var command = new Command("waiters", "10,000 held requests in one Miru.Cloud: memory for each, and the time until all are told.") { json };
        command.SetAction(async parsed =>
        {
            var report = new Report();
            await MeasureAsync(report);
            if (parsed.GetValue(json) is { } file)
                report.Save(file.FullName);
        });
        return command;
    }

    private static async Task MeasureAsync(Report report)
    {
        var directory = Directory.CreateTempSubdirectory("miru-waiters-");
        var devices = new List<WaitingDevice>();
        try
        {
            var tokens = await PrepareAsync(directory.FullName);
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "key"), AdminKey);
            using var cloud = Start(directory.FullName);
            try
            {
                var address = new Uri((await cloud.StandardOutput.ReadLineAsync())!.Split(' ')[^1]);
                var server = new IPEndPoint(IPAddress.Loopback, address.Port);
                devices.AddRange(tokens.Select(token => new WaitingDevice(server, token)));
                await WaitAsync(devices[..WarmUp]);
                var before = Spent.By(cloud);
                var clock = Stopwatch.StartNew();
                await WaitAsync(devices[WarmUp..]);
                var waiting = Spent.By(cloud);
                report.Add(new Row("waiters_seconds_to_wait", clock.Elapsed.TotalSeconds, $"s until {Devices} wait", null, null));
                report.Add(new Row("waiters_cpu_to_wait", (waiting.Cpu - before.Cpu).TotalMicroseconds / (Devices - WarmUp), "us of the server's CPU for each device: connect, list, wait", null, null));
                report.Add(new Row("waiters_memory", (double)(waiting.Bytes - before.Bytes) / (Devices - WarmUp), "bytes for each waiting device", null, null));
                await TellAllAsync(report, address, devices);
                report.Add(new Row("waiters_cpu_to_tell", (Spent.By(cloud).Cpu - waiting.Cpu).TotalMicroseconds / Devices, "us of the server's CPU for each device: deploy, wake, answer", null, null));
            }
            finally
            {
                cloud.Kill();
                await cloud.WaitForExitAsync();
            }
        }
        finally
        {
            devices.ForEach(device => device.Dispose());
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Devices in the database and their tokens, without ten thousand RSA keys.</summary>
    private static async Task<List<string>> PrepareAsync(string directory)
    {
        using var data = DataDirectory.Open(directory);
        await using var database = Database.Open(data.DatabaseFile);
        var tokens = DeviceTokens.Load(data.TokenKeyFile, TimeSpan.FromHours(1), TimeProvider.System);
        return await database.WriteAsync(db => Enumerable.Range(0, Devices)
            .Select(number => db.AddDevice($"robot-{number}", DateTimeOffset.UnixEpoch))
            .Select(device => tokens.Issue(device.Id, device.SessionId).Token)
            .ToList());
    }

    private static Process Start(string directory) => Process.Start(new ProcessStartInfo("dotnet")
    {
        ArgumentList =
        {
            Path.Combine(AppContext.BaseDirectory, "Miru.Cloud.dll"), "--data", directory, "--urls", "http://127.0.0.1:0", "--admin-key-file", Path.Combine(directory, "key"),
        },
        RedirectStandardOutput = true,
    })!;

    private static async Task WaitAsync(IEnumerable<WaitingDevice> devices)
    {
        foreach (var some in devices.Chunk(AtATime))
            await Task.WhenAll(some.Select(device => device.WaitAsync()));
    }

    private static async Task TellAllAsync(Report report, Uri address, List<WaitingDevice> devices)
    {
        using var admin = new HttpClient { BaseAddress = new Uri(address, "admin/v1/") };
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        var release = await PostAsync(admin, "releases", """{"version":"v1","configs":[{"config_type_name":"Motion","format":"json","filepath":"/srv/miru/motion.json","content_base64":"e30="}]}""");
        var told = devices.ConvertAll(device => device.NewsAsync());
        var clock = Stopwatch.StartNew();
        var deploying = PostAsync(admin, "deployments", $$"""{"release_id":"{{release["id"]}}","device_id":null}""");
        await Task.WhenAny(told);
        var first = clock.Elapsed;
        var statuses = await Task.WhenAll(told);
        report.Add(new Row("waiters_first_told", first.TotalMilliseconds, "ms from the deployment of all", null, null));
        report.Add(new Row("waiters_all_told", clock.Elapsed.TotalMilliseconds, "ms from the deployment of all", null, null));
        report.Add(new Row("waiters_told", statuses.Count(status => status == "200"), "devices that got the new list", null, Devices) { MoreIsBetter = true });
        await deploying;
    }

    private static async Task<JObject> PostAsync(HttpClient admin, string path, string body)
    {
        using var answer = await admin.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        answer.EnsureSuccessStatusCode();
        return JObject.Parse(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What a process has used so far.</summary>
    private sealed record Spent(TimeSpan Cpu, long Bytes)
    {
        public static Spent By(Process process)
        {
            process.Refresh();
            return new Spent(process.TotalProcessorTime, process.WorkingSet64);
        }
    }
}
