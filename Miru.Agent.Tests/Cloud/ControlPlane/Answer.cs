using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>A whole answer of the server, read.</summary>
internal sealed record Answer(HttpStatusCode Status, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? ErrorCode => Json.GetProperty("error").GetProperty("code").GetString();

    public string ETag => Headers.ETag!.ToString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public void ExpectSuccess() => Assert.True(Status == HttpStatusCode.OK, $"{Status}: {Text}");

    /// <summary>Asserts success and returns the body.</summary>
    public JsonElement Ok()
    {
        ExpectSuccess();
        return Json;
    }

    /// <summary>Asserts a refusal in the contract's envelope.</summary>
    public void Refused(HttpStatusCode status, string code)
    {
        Assert.Equal((status, code), (Status, ErrorCode));
        Assert.Equal("application/json", ContentHeaders.ContentType?.MediaType);
        Assert.Equal(["error"], Json.EnumerateObject().Select(member => member.Name));
        var error = Json.GetProperty("error");
        Assert.Equal(["code", "message", "params"], error.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal(JsonValueKind.Object, error.GetProperty("params").ValueKind);
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(response.StatusCode, response.Headers, response.Content.Headers, await response.Content.ReadAsByteArrayAsync());
        }
    }
}
