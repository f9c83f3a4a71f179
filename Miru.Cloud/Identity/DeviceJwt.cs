using System.Security.Cryptography;
using Miru.Cloud.Http;

namespace Miru.Cloud.Identity;

/// <summary>The rules for the JWT that a device signs with its own key. Pure; the clock and the key are handed in.</summary>
internal sealed class DeviceJwt
{
    /// <summary>The longest life the contract allows: <c>exp = iat + 120</c>.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromSeconds(120);

    /// <summary>How far a device's clock may differ from ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(15);

    private const int MaxIdLength = 128;

    /// <summary>Headers that carry or point to a key, and <c>crit</c>, which asks for rules we do not have.</summary>
    private static readonly string[] ForbiddenHeaders = ["jwk", "jku", "x5c", "x5u", "x5t", "x5t#S256", "crit"];

    private readonly CompactJwt _jwt;

    private DeviceJwt(CompactJwt jwt, string fingerprint, string id, DateTimeOffset expiresAt)
    {
        _jwt = jwt;
        Fingerprint = fingerprint;
        Id = id;
        ExpiresAt = expiresAt;
    }

    /// <summary>The <c>kid</c>: says which key to check with, proves nothing.</summary>
    public string Fingerprint { get; }

    /// <summary>The <c>jti</c>.</summary>
    public string Id { get; }

    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Checks everything that needs no key.</summary>
    /// <exception cref="ApiException">401.</exception>
    public static DeviceJwt Parse(string text, DateTimeOffset now)
    {
        var jwt = CompactJwt.Parse(text) ?? throw Invalid("is not a compact JWT");
        if (jwt.HeaderText("alg") != "RS512")
        {
            throw Invalid("must be signed with RS512");
        }

        if (ForbiddenHeaders.FirstOrDefault(name => jwt.Header.TryGetProperty(name, out _)) is { } forbidden)
        {
            throw Invalid($"must not have the header '{forbidden}'");
        }

        var kid = jwt.HeaderText("kid");
        if (kid is not { Length: 64 } || kid.Any(c => c is not (>= '0' and <= '9' or >= 'a' and <= 'f')))
        {
            throw Invalid("needs the header 'kid': 64 lowercase hex characters");
        }

        if (jwt.Text("jti") is not { Length: > 0 and <= MaxIdLength } id)
        {
            throw Invalid($"needs a 'jti' of 1 to {MaxIdLength} characters");
        }

        if (jwt.Time("iat") is not { } issuedAt || jwt.Time("exp") is not { } expiresAt)
        {
            throw Invalid("needs 'iat' and 'exp' as numeric dates");
        }

        var lifetime = expiresAt - issuedAt;
        if (lifetime <= TimeSpan.Zero || lifetime > MaxLifetime)
        {
            throw Invalid($"must live longer than 0 and at most {MaxLifetime.TotalSeconds} s");
        }

        if (now - expiresAt >= Skew || issuedAt - now > Skew)
        {
            throw ApiErrors.Unauthenticated(
                ErrorCodes.DeviceJwtExpired,
                "The device JWT is not valid now; compare the device's clock with the Date header.",
                ("server_time", Rfc3339Converter.Text(now)));
        }

        return new DeviceJwt(jwt, kid, id, expiresAt);
    }

    /// <exception cref="ApiException">401, if the signature is not by the owner of <paramref name="spki"/>.</exception>
    public void RequireSignature(byte[] spki)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(spki, out _);
        if (!rsa.VerifyData(_jwt.SigningInput, _jwt.Signature, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1))
        {
            throw Invalid("has a signature that does not verify");
        }
    }

    private static ApiException Invalid(string why) =>
        ApiErrors.Unauthenticated(ErrorCodes.DeviceJwtInvalid, $"The device JWT {why}.");
}
