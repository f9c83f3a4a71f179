using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Miru.Cloud.Identity;

/// <summary>The three parts of a compact JWS (RFC 7515 §5.1), taken apart and not yet believed.</summary>
internal sealed record CompactJwt(JsonElement Header, JsonElement Payload, byte[] SigningInput, byte[] Signature)
{
    /// <summary>A member that stands twice could mean one thing to the signer and another to us.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    public static CompactJwt? Parse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            var header = Json(parts[0]);
            var payload = Json(parts[1]);
            var signature = Base64Url.DecodeFromChars(parts[2]);
            return header.ValueKind == JsonValueKind.Object && payload.ValueKind == JsonValueKind.Object
                ? new CompactJwt(header, payload, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature)
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A token from two JSON documents and a way to sign.</summary>
    public static string Write(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload, Func<byte[], byte[]> sign)
    {
        var input = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(payload)}";
        return $"{input}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)))}";
    }

    public string? HeaderText(string name) => TextOf(Header, name);

    public string? Text(string name) => TextOf(Payload, name);

    /// <summary>A NumericDate (RFC 7519 §2), fractions allowed; null if it is missing or no date of this era.</summary>
    public DateTimeOffset? Time(string name)
    {
        const double year9999 = 253_402_300_799;
        return Payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds) && seconds is >= 0 and <= year9999
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;
    }

    private static JsonElement Json(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), Strict);
        return document.RootElement.Clone();
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
