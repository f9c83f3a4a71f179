using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Miru.Benchmarks.Waiters;

/// <summary>A device as the control plane sees it while nothing happens: one connection with one held request.</summary>
internal sealed class WaitingDevice(IPEndPoint server, string token) : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[4096];
    private string? _tag;

    /// <summary>Learns the present list, and asks to be told of the next.</summary>
    public async Task WaitAsync()
    {
        await _socket.ConnectAsync(server);
        await SendAsync("");
        var head = await ReadAsync();
        _tag = head.Split("\r\n").Single(line => line.StartsWith("ETag:", StringComparison.OrdinalIgnoreCase))["ETag:".Length..].Trim();
        await SendAsync($"If-None-Match: {_tag}\r\nPrefer: wait=60\r\n");
    }

    /// <summary>Completes with the status of the held request.</summary>
    public async Task<string> NewsAsync() => (await ReadAsync()).Split(' ')[1];

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(string headers) => await _socket.SendAsync(Encoding.ASCII.GetBytes(
        $"GET /agent/v1/deployments?limit=100&activity_status=queued,deployed&expand=config_instances HTTP/1.1\r\nHost: cloud\r\nMiru-Version: v0.4\r\nAuthorization: Bearer {token}\r\n{headers}\r\n"));

    private async Task<string> ReadAsync()
    {
        var length = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(length));
            if (read == 0)
                throw new IOException("the control plane hung up");
            length += read;
            var text = Encoding.ASCII.GetString(_buffer, 0, length);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0 && length >= end + 4 + BodyLength(text[..end], text[(end + 4)..]))
                return text;
        }
    }

    /// <summary>Bytes of the body, by its announced length or the end of its last chunk.</summary>
    private static int BodyLength(string head, string body)
    {
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            return body.EndsWith("0\r\n\r\n", StringComparison.Ordinal) ? body.Length : int.MaxValue / 2;
        var announced = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return announced is null ? 0 : int.Parse(announced["Content-Length:".Length..], CultureInfo.InvariantCulture);
    }
}
