using System.Buffers;
using System.Net;

namespace Miru.Agent.Cloud.Api;

/// <summary>An answer's body, counted while it is read; what a header promises is not believed.</summary>
/// <param name="limit">Bytes.</param>
/// <param name="known">The beginning that is there already, and is continued if the server agrees.</param>
internal sealed class BoundedBody(int limit, PartialContent? known = null) : IDisposable
{
    private const int ChunkSize = 16 * 1024;

    private readonly MemoryStream _bytes = new();
    private string? _tag;

    /// <summary>What has come so far, if the rest can be asked for; null where the server gave no strong tag.</summary>
    public PartialContent? Partial => _tag is not null && _bytes.Length > 0 ? new PartialContent(_tag, _bytes.ToArray()) : null;

    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Reads to the end. False if there is more than the limit.</summary>
    /// <exception cref="ContractException">It is another part than was asked for, or less than was announced.</exception>
    public async Task<bool> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var content = response.Content;
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            Continue(response);
        }

        var announced = content.Headers.ContentLength;
        if (_bytes.Length + announced > limit)
        {
            return false;
        }

        var before = _bytes.Length;
        _tag = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : null;
        await using var stream = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (int read; (read = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false)) > 0;)
            {
                if (_bytes.Length + read > limit)
                {
                    return false;
                }

                _bytes.Write(chunk, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }

        return announced is null || announced == _bytes.Length - before ? true : throw new ContractException("the body has another length than announced");
    }

    public void Dispose() => _bytes.Dispose();

    private void Continue(HttpResponseMessage response)
    {
        var range = response.Content.Headers.ContentRange;
        if (known is null || range is not { Unit: "bytes", From: { } from } || from != known.Bytes.Length || response.Headers.ETag?.Tag != known.Tag)
        {
            throw new ContractException("the server sent another part than was asked for");
        }

        _bytes.Write(known.Bytes);
    }
}
