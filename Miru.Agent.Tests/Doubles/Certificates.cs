using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Miru.Agent.Tests.Doubles;

/// <summary>An authority for one test, and certificates of a server on this computer.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly List<X509Certificate2> _made = [];
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private readonly X509Certificate2 _authority;

    public Certificates() => _authority = Make("CN=Lab CA", null, _now.AddDays(-9), _now.AddDays(9));

    public string AuthorityPem => _authority.ExportCertificatePem();

    public X509Certificate2 Trusted => Make("CN=localhost", _authority, _now.AddDays(-1), _now.AddDays(1));

    public X509Certificate2 OfAnotherHost => Make("CN=elsewhere.example", _authority, _now.AddDays(-1), _now.AddDays(1));

    public X509Certificate2 Expired => Make("CN=localhost", _authority, _now.AddDays(-3), _now.AddDays(-2));

    public X509Certificate2 Stranger => Make("CN=localhost", null, _now.AddDays(-1), _now.AddDays(1));

    public void Dispose() => _made.ForEach(certificate => certificate.Dispose());

    private X509Certificate2 Make(string name, X509Certificate2? issuer, DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var isAuthority = name.EndsWith("CA", StringComparison.Ordinal);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        if (!isAuthority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name[3..]);
            request.CertificateExtensions.Add(names.Build());
        }

        var certificate = issuer is null ? request.CreateSelfSigned(from, until) : Signed(request, issuer, key, from, until);
        _made.Add(certificate);
        return certificate;
    }

    private static X509Certificate2 Signed(CertificateRequest request, X509Certificate2 issuer, ECDsa key, DateTimeOffset from, DateTimeOffset until)
    {
        using var signed = request.Create(issuer, from, until, RandomNumberGenerator.GetBytes(8));
        using var ephemeral = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(ephemeral.Export(X509ContentType.Pfx), null);
    }
}
