using System.IO.Compression;
using System.Text;
using Miru.Agent.Cloud;

namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>The table. A new way to go wrong is a new line here.</summary>
internal static class Misbehaviours
{
    private const string Chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n";
    private const string Unavailable = CloudProblemCodes.Unavailable;
    private const string Refused = CloudProblemCodes.Refused;
    private const string NoContract = "does not follow the contract";
    private const string TimedOut = "did not answer within 30 s";

    public static readonly IReadOnlyList<Misbehaviour> All =
    [
        // The network.
        new("nobody listens", Where.Port, _ => Task.CompletedTask, Unavailable, "cannot be reached"),
        new("a call that is never answered", Where.Connect, _ => Task.CompletedTask, Unavailable, "cannot be reached"),
        new("a certificate that signed itself", Where.Handshake, _ => Task.CompletedTask, Unavailable, "not secure, so nothing was sent"),
        new("a handshake that is never answered", Where.Handshake, to => to.StallAsync(), Unavailable),
        new("hangs up without a word", Where.List, _ => Task.CompletedTask, Unavailable, "cannot be reached"),
        new("resets without a word", Where.List, to => Sync(to.Reset), Unavailable, "cannot be reached"),
        new("never answers", Where.List, to => to.StallAsync(), Unavailable, TimedOut),
        new("stops inside the headers", Where.List, async to => { await to.RawAsync("HTTP/1.1 200 OK\r\nContent-Le"); await to.StallAsync(); }, Unavailable, TimedOut),
        new("stops inside the body", Where.List, async to => { await to.RawAsync("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"); await to.StallAsync(); }, Unavailable, TimedOut),
        new("drips", Where.List, async to => { await to.RawAsync(Chunked); await to.DripAsync("{\"object\":\"list\""); }, Unavailable, TimedOut),
        new("a truncated body", Where.List, to => to.RawAsync("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{\"object\":"), Unavailable, "cannot be reached"),
        new("a reset inside the body", Where.List, async to => { await to.RawAsync("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{"); to.Reset(); }, Unavailable, "cannot be reached"),
        new("a chunk of nonsense", Where.List, to => to.RawAsync(Chunked + "zz\r\n"), Unavailable, "cannot be reached"),
        new("something that is not HTTP", Where.List, to => to.RawAsync("SSH-2.0-OpenSSH_9.6\r\n"), Unavailable, "cannot be reached"),
        new("headers without end", Where.List, async to => { await to.RawAsync("HTTP/1.1 200 OK\r\n"); await to.ForeverAsync($"X-Filler: {new string('a', 8000)}\r\n"); }, Unavailable, "cannot be reached"),

        // Statuses.
        new("500", Where.List, to => to.SendAsync("500 Internal Server Error"), Unavailable, "500"),
        new("502 in HTML", Where.List, to => to.SendAsync("502 Bad Gateway", "Content-Type: text/html\r\n", "<html><body>nginx</body></html>"), Unavailable, "502"),
        new("503 with a wish in seconds", Where.List, to => to.SendAsync("503 Service Unavailable", "Retry-After: 600\r\n"), Unavailable, "503", 15),
        new("503 with a wish ten years ahead", Where.List, to => to.SendAsync("503 Service Unavailable", "Retry-After: Sun, 01 Jan 2040 00:00:00 GMT\r\n"), Unavailable, "503", 8),
        new("503 with a wish nobody can read", Where.List, to => to.SendAsync("503 Service Unavailable", "Retry-After: soon\r\n"), Unavailable, "503"),
        new("503 with a wish in the past", Where.List, to => to.SendAsync("503 Service Unavailable", "Retry-After: -5\r\n"), Unavailable, "503"),
        new("429", Where.List, to => to.SendAsync("429 Too Many Requests"), Unavailable, "429"),
        new("429 with a wish", Where.List, to => to.SendAsync("429 Too Many Requests", "Retry-After: 1200\r\n"), Unavailable, "429", 10),
        new("401: a revoked token", Where.List, to => to.SendAsync("401 Unauthorized"), CloudProblemCodes.TokenRejected, "401"),
        new("401 that repeats the token", Where.List, to => to.SendAsync("401 Unauthorized", "", $"{{\"error\":{{\"code\":\"x\",\"params\":{{}},\"message\":\"{to.Server.Secrets[^1]} is bad\"}}}}"), CloudProblemCodes.TokenRejected, "*** is bad"),
        new("403: a revoked device", Where.List, to => to.SendAsync("403 Forbidden"), Refused, "still enrolled", 20),
        new("404: another server", Where.List, to => to.SendAsync("404 Not Found"), Refused, "miru.cloud.url", 20),
        new("400", Where.List, to => to.SendAsync("400 Bad Request"), Refused, "400", 20),
        new("a redirect", Where.List, to => to.SendAsync("302 Found", "Location: /stolen\r\n"), Refused, "redirects are not followed", 20),
        new("304 to a question without a tag, in the middle of nothing", Where.Token, to => to.SendAsync("304 Not Modified"), Unavailable, NoContract),

        // Lists.
        new("204", Where.List, to => to.RawAsync("HTTP/1.1 204 No Content\r\n\r\n"), Unavailable, NoContract),
        new("a captive portal", Where.List, to => to.SendAsync("200 OK", "Content-Type: text/html\r\n", "<html>Welcome to our hotel</html>"), Unavailable, NoContract),
        new("JSON of another kind", Where.List, to => to.JsonAsync("[1,2,3]"), Unavailable, NoContract),
        new("JSON cut short", Where.List, to => to.JsonAsync("{\"object\":\"list\",\"data\":[{"), Unavailable, NoContract),
        new("wrong types", Where.List, to => to.JsonAsync("{\"object\":\"list\",\"has_more\":\"no\",\"data\":[]}"), Unavailable, NoContract),
        new("a target nobody knows", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.DeploymentNamed("dpl_1", "sideways")}]}}"), Unavailable, NoContract),
        new("JSON without a floor", Where.List, to => to.JsonAsync(new string('[', 60_000)), Unavailable, NoContract),
        new("bytes that are no text", Where.List, async to => { await to.RawAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"); await to.RawAsync([0x7B, 0xFF, 0xFE, 0x7D]); }, Unavailable, NoContract),
        new("compressed unasked", Where.List, to => CompressedAsync(to), Unavailable, NoContract),
        new("a terabyte announced", Where.List, to => to.RawAsync("HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n"), Refused, "more than", 20),
        new("a body without end", Where.List, async to => { await to.RawAsync(Chunked); await to.ForeverAsync($"4000\r\n{new string(' ', 0x4000)}\r\n"); }, Refused, "more than", 20),
        new("pages without end", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":true,\"data\":[{to.Server.DeploymentNamed($"dpl_{to.Number}")}]}}"), Refused, "active deployments", 400),
        new("more to come, and nothing there", Where.List, to => to.JsonAsync("{\"object\":\"list\",\"has_more\":true,\"data\":[]}"), null),
        new("a tag that cannot be sent back", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.Deployment}]}}", $"ETag: \"{new string('a', 9000)}\"\r\n"), null),
        new("the same deployment twice", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.Deployment},{to.Server.Deployment}]}}"), null),
        new("two deployments that both want to be the one", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.Deployment},{to.Server.DeploymentNamed("dpl_2")}]}}"), null, MostRequests: 400),
        new("an interval of no time", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.Deployment}]}}", "Miru-Poll-Interval: 0\r\n"), null),
        new("a hold that is none", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.Deployment}]}}", "Preference-Applied: wait=50\r\nETag: W/\"1\"\r\n"), null, MostRequests: 320) { Lasts = TimeSpan.FromMinutes(5) },

        // Clocks.
        new("a clock ten years ahead", Where.List, to => to.JsonAsync($"{{\"object\":\"list\",\"has_more\":false,\"data\":[{to.Server.Deployment}]}}", "Date: Sun, 01 Jan 2040 00:00:00 GMT\r\n"), null),
        new("a clock that denies time", Where.Token, to => to.JsonAsync($"{{\"token\":\"secret-token-{to.Number}\",\"expires_at\":\"9999-12-31T23:59:59Z\"}}", "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n"), null),

        // Tokens.
        new("a token service that is down", Where.Token, to => to.SendAsync("503 Service Unavailable"), Unavailable, "503"),
        new("a key the cloud does not know", Where.Token, to => to.SendAsync("401 Unauthorized"), Refused, "key is not accepted", 20),
        new("a token service that never answers", Where.Token, to => to.StallAsync(), Unavailable, TimedOut),
        new("a token in HTML", Where.Token, to => to.SendAsync("200 OK", "", "<html/>"), Unavailable, NoContract),
        new("a token without an end", Where.Token, to => to.JsonAsync("{\"token\":\"secret\"}"), Unavailable, NoContract),
        new("a token that was expired when it was issued", Where.Token, to => to.JsonAsync("{\"token\":\"secret\",\"expires_at\":\"2020-01-01T00:00:00Z\"}"), Unavailable, "expired already"),
        new("a token of a megabyte", Where.Token, to => to.JsonAsync($"{{\"token\":\"{new string('a', 1 << 20)}\",\"expires_at\":\"2040-01-01T00:00:00Z\"}}"), Refused, "more than", 20),

        // Contents.
        new("a content service that is down", Where.Content, to => to.SendAsync("500 Internal Server Error"), Unavailable, "500"),
        new("a content that is not there", Where.Content, to => to.SendAsync("404 Not Found"), Refused, "404", 20),
        new("a content cut short", Where.Content, to => to.RawAsync("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 900\r\n\r\n{"), Unavailable, "cannot be reached"),
        new("a content with another digest", Where.Content, to => to.JsonAsync("{\"speed\": 9.9}", "Repr-Digest: sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:\r\n"), Unavailable, "digest"),
        new("a part nobody asked for", Where.Content, to => to.SendAsync("206 Partial Content", "Content-Range: bytes 3-5/6\r\n", "abc"), Unavailable, "another part"),
        new("a content that drips", Where.Content, async to => { await to.RawAsync(Chunked); await to.DripAsync("{\"speed\""); }, Unavailable, TimedOut),

        // Reports.
        new("a report service that is down", Where.Report, to => to.SendAsync("500 Internal Server Error"), null, MostRequests: 220),
        new("a report that is never answered", Where.Report, to => to.StallAsync(), null, MostRequests: 220),
        new("a report that is reset", Where.Report, to => Sync(to.Reset), null, MostRequests: 220),
        new("reports refused with 401", Where.Report, to => to.SendAsync("401 Unauthorized"), null, MostRequests: 300),
    ];

    private static Task Sync(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    private static async Task CompressedAsync(Exchange to)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            // A list that would have two hundred times the size.
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(new string(' ', 4 << 20)));
        }

        await to.RawAsync($"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
        await to.RawAsync(packed.ToArray());
    }
}
