using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Miru.Agent.Tests.Cloud.ControlPlane;

/// <summary>A device's key pair, and JWTs signed with it: right ones and wrong ones.</summary>
internal sealed class DeviceKey
{
    // Making an RSA key takes longer than most tests do; each server of the tests knows nothing of the others, so they can share.
    private static readonly ConcurrentDictionary<int, Lazy<DeviceKey>> Shared = new();

    private readonly RSA _rsa = RSA.Create(2048);

    private DeviceKey()
    {
        Pem = _rsa.ExportSubjectPublicKeyInfoPem();
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportSubjectPublicKeyInfo()));
    }

    public string Pem { get; }

    public string Fingerprint { get; }

    public static DeviceKey Number(int index) => Shared.GetOrAdd(index, static _ => new Lazy<DeviceKey>(() => new DeviceKey())).Value;

    /// <summary>A JWT as the contract wants it, after <paramref name="spoil"/> has had its way with header and payload.</summary>
    public string Jwt(DateTimeOffset now, Action<JsonObject, JsonObject>? spoil = null)
    {
        var header = new JsonObject { ["alg"] = "RS512", ["typ"] = "JWT", ["kid"] = Fingerprint };
        var payload = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + 120,
        };
        spoil?.Invoke(header, payload);
        return Sign(header.ToJsonString(), payload.ToJsonString(), HashAlgorithmName.SHA512);
    }

    public string Sign(string header, string payload, HashAlgorithmName hash)
    {
        var input = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{Base64Url.EncodeToString(_rsa.SignData(Encoding.ASCII.GetBytes(input), hash, RSASignaturePadding.Pkcs1))}";
    }
}
