using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Miru.Agent.Tests.Cloud.Misbehaviour;

/// <summary>One request to the rough server, and the means to answer it badly.</summary>
internal sealed class Exchange(Socket socket, Stream stream, RoughServer.Request request, RoughServer server)
{
    public RoughServer Server => server;

    public RoughServer.Request Request => request;

    public int Number => request.Number;

    /// <summary>Bytes the agent's side took, the kernel's buffers included.</summary>
    public long Written { get; private set; }

    /// <summary>The answer has an end, so that the connection serves on.</summary>
    public bool IsWhole { get; private set; }

    public Task JsonAsync(string body, string headers = "") => SendAsync("200 OK", headers + "Content-Type: application/json\r\n", body);

    public async Task SendAsync(string status, string headers = "", string body = "")
    {
        await RawAsync($"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        IsWhole = true;
    }

    public Task RawAsync(string text) => RawAsync(Encoding.UTF8.GetBytes(text));

    public async Task RawAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes, server.Stopped);
        Written += bytes.Length;
    }

    /// <summary>Says nothing more until the agent hangs up.</summary>
    public async Task StallAsync()
    {
        server.Stalled();
        _ = await stream.ReadAsync(new byte[1], server.Stopped);
    }

    /// <summary>Writes this as often as the agent takes it.</summary>
    public async Task ForeverAsync(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        while (Written < 256 * 1024 * 1024)
        {
            await RawAsync(bytes);
        }
    }

    /// <summary>A byte now and a byte then.</summary>
    public async Task DripAsync(string text)
    {
        foreach (var one in text)
        {
            await RawAsync(string.Create(CultureInfo.InvariantCulture, $"1\r\n{one}\r\n"));
        }

        await StallAsync();
    }

    /// <summary>Ends the connection with a reset in place of an orderly end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
