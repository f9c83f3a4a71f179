using System.Security.Cryptography;
using Miru.Cloud.Http;

namespace Miru.Cloud.Identity;

/// <summary>A device's RSA public key: its DER SubjectPublicKeyInfo and the contract's fingerprint of it.</summary>
internal sealed record DevicePublicKey(byte[] Spki, string Fingerprint)
{
    private const int MinBits = 2048;
    private const int MaxBits = 8192;

    /// <exception cref="ApiException">400, if <paramref name="pem"/> is no usable RSA key.</exception>
    public static DevicePublicKey FromPem(string pem)
    {
        try
        {
            using var rsa = RSA.Create();
            var found = PemEncoding.Find(pem);
            if (!pem.AsSpan(found.Label).SequenceEqual("PUBLIC KEY"))
            {
                throw Refused("is not a PUBLIC KEY block");
            }

            var der = Convert.FromBase64String(pem[found.Base64Data]);
            rsa.ImportSubjectPublicKeyInfo(der, out var read);
            if (read != der.Length || rsa.KeySize is < MinBits or > MaxBits)
            {
                throw Refused($"must be one RSA key of {MinBits} to {MaxBits} bits");
            }

            return new DevicePublicKey(der, Convert.ToHexStringLower(SHA256.HashData(der)));
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException or CryptographicException)
        {
            throw Refused("is not an RSA public key in PEM form");
        }
    }

    private static ApiException Refused(string why) => ApiErrors.Invalid("public_key_pem", $"'public_key_pem' {why}.");
}
