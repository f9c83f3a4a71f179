using System.Net;
using System.Text.Json;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>Every answer has exactly the members that the contract gives it, of the contract's types.</summary>
public sealed class ContractShapeTests
{
    // A type with '?' may be null, as the contract's 'nullable' says.
    private static readonly Dictionary<string, string> Device = Members(
        "object:device id:text name:text status:text agent_version:text? last_connected_at:time? last_disconnected_at:time? "
        + "created_at:time updated_at:time session_id:text");

    private static readonly Dictionary<string, string> Deployment = Members(
        "object:deployment id:text description:text status:text activity_status:text error_status:text target_status:text "
        + "device_id:text release_id:text created_at:time updated_at:time");

    private static readonly Dictionary<string, string> Release = Members(
        "object:release id:text version:text git_commit_id:text? created_at:time updated_at:time");

    private static readonly Dictionary<string, string> ConfigInstance = Members(
        "object:config_instance id:text config_type_name:text filepath:text created_at:time config_schema_id:text config_type_id:text");

    private static readonly Dictionary<string, string> List = Members("object:list limit:number offset:number has_more:flag data:list");

    [Fact]
    public async Task Version()
    {
        await using var cloud = await TestCloud.StartAsync();

        var version = (await cloud.AgentAsync(HttpMethod.Get, "/version", bearer: null)).Ok();

        HasShape(version, Members("version:text git_commit:text api_version:text api_git_commit:text go_version:text build_date:time os:text arch:text"));
        Assert.Equal("v0.4", version.GetProperty("api_version").GetString());
    }

    [Fact]
    public async Task Devices()
    {
        await using var cloud = await TestCloud.StartAsync();
        var provisioned = (await cloud.ProvisionAsync(await cloud.MintAsync(), "robot-1", cloud.NewKey())).Ok();
        var device = await cloud.AddDeviceAsync("robot-2");

        HasShape(provisioned, Device);
        HasShape((await device.GetAsync("/device")).Ok(), Device);
        HasShape((await device.PatchAsync($"/devices/{device.Id}", new { agent_version = "v2" })).Ok(), Device);
    }

    [Fact]
    public async Task Deployments_without_expansion()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var id = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);

        var list = (await device.GetAsync("/deployments")).Ok();

        HasShape(list, List);
        HasShape(list.GetProperty("data")[0], Deployment);
        HasShape((await device.GetAsync($"/deployments/{id}")).Ok(), Deployment);
        HasShape((await device.PatchAsync($"/deployments/{id}", new { })).Ok(), Deployment);
    }

    [Theory]
    [InlineData("expand=config_instances&expand=release&expand=total_count")]
    [InlineData("expand=config_instances,release,total_count")]
    [InlineData("expand=config_instances,total_count&expand=release.git_commit")]
    public async Task Deployments_with_every_expansion(string query)
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);

        var list = (await device.GetAsync($"/deployments?{query}")).Ok();

        HasShape(list, With(List, "total_count:number"));
        var deployment = list.GetProperty("data")[0];
        HasShape(deployment, With(Deployment, "release:object config_instances:list"));
        HasShape(deployment.GetProperty("release"), Release);
        HasShape(deployment.GetProperty("config_instances")[0], ConfigInstance);
    }

    [Fact]
    public async Task A_patch_expands_as_it_is_asked()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var id = await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);

        var patched = await device.PatchAsync($"/deployments/{id}?expand=release", new { error_status = "retrying" });

        HasShape(patched.Ok(), With(Deployment, "release:object"));
    }

    [Fact]
    public async Task Releases_and_git_commits()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        var release = await cloud.PublishAsync("v1");
        await cloud.DeployAsync(release, device.Id);

        HasShape((await device.GetAsync($"/releases/{release}")).Ok(), Release);
        (await device.GetAsync("/git_commits/git_commit_1")).Refused(HttpStatusCode.NotFound, "resource_not_found");
    }

    [Fact]
    public async Task A_config_type_keeps_its_id_from_release_to_release()
    {
        await using var cloud = await TestCloud.StartAsync();
        var device = await cloud.AddDeviceAsync("robot-1");
        await cloud.DeployAsync(await cloud.PublishAsync("v1"), device.Id);
        await cloud.DeployAsync(await cloud.PublishAsync("v2"), device.Id);

        var data = (await device.GetAsync("/deployments?expand=config_instances")).Ok().GetProperty("data");

        Assert.Equal(2, data.GetArrayLength());
        Assert.Single(data.EnumerateArray().Select(deployment => deployment.GetProperty("config_instances")[0].GetProperty("config_type_id").GetString()).Distinct());
        Assert.Equal(2, data.EnumerateArray().Select(deployment => deployment.GetProperty("config_instances")[0].GetProperty("id").GetString()).Distinct().Count());
    }

    private static Dictionary<string, string> Members(string text) =>
        text.Split(' ').Select(member => member.Split(':')).ToDictionary(member => member[0], member => member[1]);

    private static Dictionary<string, string> With(Dictionary<string, string> shape, string more) =>
        shape.Concat(Members(more)).ToDictionary(member => member.Key, member => member.Value);

    private static void HasShape(JsonElement json, Dictionary<string, string> shape)
    {
        Assert.Equal(shape.Keys.Order(), json.EnumerateObject().Select(member => member.Name).Order());
        foreach (var (name, type) in shape)
        {
            Assert.True(IsA(json.GetProperty(name), type), $"{name} is not {type}: {json.GetProperty(name)}");
        }
    }

    private static bool IsA(JsonElement value, string type) => type switch
    {
        "text" => value.ValueKind == JsonValueKind.String,
        "time" => value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "flag" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "list" when value.ValueKind != JsonValueKind.String => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ when type.EndsWith('?') => value.ValueKind == JsonValueKind.Null || IsA(value, type[..^1]),
        _ => value.ValueKind == JsonValueKind.String && value.GetString() == type,
    };
}
