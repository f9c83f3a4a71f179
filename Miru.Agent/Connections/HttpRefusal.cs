using System.Text;

namespace Miru.Agent.Connections;

/// <summary>What a peer that speaks HTTP is told until the Device API exists ([http-1]).</summary>
internal static class HttpRefusal
{
    /// <summary>A whole HTTP/1.1 response with the API's error envelope.</summary>
    public static ReadOnlyMemory<byte> Response { get; } = Render();

    private static byte[] Render()
    {
        const string Body =
            """{"error":{"code":"not_implemented","message":"this agent does not serve HTTP yet; use a Miru SDK on this socket","params":{}}}""";
        return Encoding.ASCII.GetBytes(
            "HTTP/1.1 501 Not Implemented\r\n" +
            "Content-Type: application/json\r\n" +
            $"Content-Length: {Body.Length}\r\n" +
            "Connection: close\r\n\r\n" + Body);
    }
}
