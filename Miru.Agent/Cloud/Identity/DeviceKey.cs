using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Miru.Agent.Cloud.Identity;

/// <summary>The key pair that was made on this device. The private half never leaves it.</summary>
internal sealed class DeviceKey : IDisposable
{
    private const int Bits = 4096;

    /// <summary>The contract's life of a self-signed JWT.</summary>
    private static readonly TimeSpan JwtLife = TimeSpan.FromSeconds(120);

    private readonly RSA _rsa;

    private DeviceKey(RSA rsa) => _rsa = rsa;

    public string PublicKeyPem => _rsa.ExportSubjectPublicKeyInfoPem() + "\n";

    private string PrivatePem => _rsa.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>Null if no key was made yet.</summary>
    /// <exception cref="IOException">The file is there and cannot be used.</exception>
    public static DeviceKey? TryLoad(string stateDirectory) => TryLoadFrom(PrivatePath(stateDirectory));

    /// <summary>The key that a reprovisioning was about to change to; null if there is none.</summary>
    /// <exception cref="IOException">The file is there and cannot be used.</exception>
    public static DeviceKey? TryLoadNext(string stateDirectory) => TryLoadFrom(NextPath(stateDirectory));

    /// <summary>The public half of the key in use, as it is kept; null if there is none.</summary>
    /// <exception cref="IOException">The file is there and cannot be read.</exception>
    public static string? TryReadPublic(string stateDirectory) => SecretFile.Read(PublicPath(stateDirectory));

    private static DeviceKey? TryLoadFrom(string path)
    {
        if (SecretFile.Read(path) is not { } pem)
        {
            return null;
        }

        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new DeviceKey(rsa);
        }
        catch (Exception malformed) when (malformed is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            throw new IOException($"The device key '{path}' is damaged. Remove it and provision the device again.");
        }
    }

    /// <summary>Makes a key and keeps it: the private half with mode 0600, the public one with 0640.</summary>
    public static DeviceKey Create(string stateDirectory)
    {
        var key = new DeviceKey(RSA.Create(Bits));
        key.Keep(stateDirectory);
        return key;
    }

    /// <summary>Makes a key beside the one in use; <see cref="Promote"/> puts it in its place.</summary>
    public static DeviceKey CreateNext(string stateDirectory)
    {
        var key = new DeviceKey(RSA.Create(Bits));
        SecretFile.Write(NextPath(stateDirectory), key.PrivatePem, SecretFile.OwnerOnly);
        return key;
    }

    /// <summary>Makes this the device's key, whatever that was before.</summary>
    public void Promote(string stateDirectory)
    {
        Keep(stateDirectory);
        SecretFile.Remove(NextPath(stateDirectory));
    }

    /// <summary>A JWT by the key in the state directory, which is read anew: a reprovisioning may have changed it.</summary>
    /// <exception cref="IOException">There is no key, or it cannot be used.</exception>
    public static string SignJwt(string stateDirectory, DateTimeOffset now)
    {
        using var key = TryLoad(stateDirectory) ?? throw new IOException("The device has no key. Provision it: miru-agent provision.");
        return key.SignJwt(now);
    }

    /// <summary>A JWT (RS512) that proves to the cloud, for two minutes and once, that this is the device.</summary>
    public string SignJwt(DateTimeOffset now)
    {
        var header = new JObject { ["alg"] = "RS512", ["typ"] = "JWT", ["kid"] = Fingerprint() };
        var payload = new JObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + JwtLife).ToUnixTimeSeconds(),
        };
        var input = $"{Encode(header)}.{Encode(payload)}";
        var signature = _rsa.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1);
        return $"{input}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose() => _rsa.Dispose();

    private void Keep(string stateDirectory)
    {
        SecretFile.Write(PrivatePath(stateDirectory), PrivatePem, SecretFile.OwnerOnly);
        SecretFile.Write(PublicPath(stateDirectory), PublicKeyPem, SecretFile.GroupReadable);
    }

    /// <summary>SHA-256 of the DER SubjectPublicKeyInfo, by which the cloud looks the key up.</summary>
    private string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(_rsa.ExportSubjectPublicKeyInfo()));

    private static string Encode(JObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToString(Formatting.None)));

    private static string PrivatePath(string stateDirectory) => Path.Combine(stateDirectory, "auth", "private_key.pem");

    private static string PublicPath(string stateDirectory) => Path.Combine(stateDirectory, "auth", "public_key.pem");

    private static string NextPath(string stateDirectory) => Path.Combine(stateDirectory, "auth", "next_private_key.pem");
}
