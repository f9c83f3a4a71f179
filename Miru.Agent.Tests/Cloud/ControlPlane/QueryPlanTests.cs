using Microsoft.Data.Sqlite;
using Miru.Cloud.Deployments;
using Miru.Cloud.Devices;
using Miru.Cloud.Http;
using Miru.Cloud.Identity;
using Miru.Cloud.Releases;
using Miru.Cloud.Storage;
using SQLitePCL;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>What is said to SQLite for one device must not cost more because there are others.</summary>
public sealed class QueryPlanTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly Paging Page = new(0, Paging.MaxLimit);

    private readonly TestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public Task Listing_a_devices_deployments() => ReadsNoTableThrough((db, device) =>
    {
        db.ListDeployments(device.Id, ["queued", "deployed"], Page);
        db.ListDeployments(device.Id, [], Page);
        db.CountDeployments(device.Id, ["queued", "deployed"]);
        db.CurrentDeployment(device.Id);
    });

    [Fact]
    public Task Deploying_to_a_device_and_taking_its_reports() => ReadsNoTableThrough((db, device) =>
    {
        var deployment = db.Deploy(device.Id, db.AddRelease(new ReleaseDraft("v2", [], []), Now).Id, "", Now);
        db.GetDeployment(deployment.Id, device.Id);
        db.Report(deployment.Id, new DeploymentReport("deployed", "none", Now, null), Now);
        db.Redeploy(device.Id, Now);
        db.Archive(deployment, Now);
    });

    [Fact]
    public Task Handing_out_a_devices_releases_and_contents() => ReadsNoTableThrough((db, device) =>
    {
        var release = db.AddRelease(new ReleaseDraft("v2", [new ConfigDraft("motion", "/srv/miru/motion.json", "json", [1])], []), Now);
        db.Deploy(device.Id, release.Id, "", Now);
        db.GetReleaseOf(device.Id, release.Id);
        var config = db.ConfigInstancesOf(release.Id).Single();
        db.GetConfigInstanceOf(device.Id, config.Id);
        db.Content(config.Digest);
    });

    [Fact]
    public Task Knowing_a_device_and_letting_it_in()
    {
        var jwt = DeviceJwt.Parse(DeviceKey.Number(0).Jwt(Now), Now);
        return ReadsNoTableThrough((db, device) =>
        {
            db.FindDevice(device.Id);
            db.FindDeviceByName(device.Name);
            db.FindDeviceByKey("00");
            db.SetAgentVersion(device.Id, "v1", Now);
            db.BumpRevision(device.Id);
            ReplayGuard.Remember(db, device.Id, jwt, Now);
            ProvisioningTokens.Spend(db, ProvisioningTokens.Mint(db, device.Id, Now).Token, Now);
            db.Revoke(device.Id, Now);
        });
    }

    private Task ReadsNoTableThrough(Action<SqliteConnection, Device> work) => _database.Opened.WriteAsync(db =>
    {
        var device = db.AddDevice("robot-1", Now);
        var said = new List<string>();
        raw.sqlite3_trace(db.Handle!, (_, sql) => said.Add(sql), null!);
        work(db, device);
        raw.sqlite3_trace(db.Handle!, (strdelegate_trace)null!, null!);

        Assert.NotEmpty(said);
        var plans = said.Where(sql => !sql.StartsWith("--", StringComparison.Ordinal))
            .SelectMany(sql => db.Query($"EXPLAIN QUERY PLAN {sql}", row => $"{row.Text("detail")} for {sql}"));
        Assert.DoesNotContain(plans, plan => plan.StartsWith("SCAN", StringComparison.Ordinal));
    });
}
