namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>A device with a token, talking to a test's server.</summary>
internal sealed record TestDevice(TestCloud Cloud, string Id, DeviceKey Key, string Token)
{
    public static async Task<TestDevice> SignInAsync(TestCloud cloud, string id, DeviceKey key)
    {
        var answer = await cloud.AgentAsync(HttpMethod.Post, "/devices/token", key.Jwt(cloud.Time.GetUtcNow()));
        return new TestDevice(cloud, id, key, answer.Ok().GetProperty("token").GetString()!);
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        Cloud.AgentAsync(HttpMethod.Get, path, Token, headers: headers);

    public Task<Answer> PatchAsync(string path, object body) => Cloud.AgentAsync(HttpMethod.Patch, path, Token, body);

    /// <summary>A list request that waits while the list is as <paramref name="etag"/> says.</summary>
    public Task<Answer> PollAsync(string etag, int seconds) =>
        GetAsync("/deployments", ("If-None-Match", etag), ("Prefer", $"wait={seconds}"));
}
