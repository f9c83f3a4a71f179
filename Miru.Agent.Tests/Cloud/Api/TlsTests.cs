using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Miru.Agent.Cloud;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Settings;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Cloud.Api;

/// <summary>A real handshake with a server of this process: whom the agent believes, and that it says nothing to anybody else.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Certificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_the_given_authority_is_believed()
    {
        var (result, heard) = await AskAsync(_certificates.Trusted, trust: true);

        Assert.Empty(result.Value!.Deployments);
        Assert.Contains("Bearer the-token", heard);
    }

    [Theory]
    [InlineData("of an authority nobody named")]
    [InlineData("for another host")]
    [InlineData("that has expired")]
    [InlineData("that signed itself")]
    public async Task Any_other_certificate_is_told_nothing(string kind)
    {
        var server = kind switch
        {
            "for another host" => _certificates.OfAnotherHost,
            "that has expired" => _certificates.Expired,
            "that signed itself" => _certificates.Stranger,
            _ => _certificates.Trusted,
        };

        var (result, heard) = await AskAsync(server, trust: kind != "of an authority nobody named");

        Assert.Equal(FailureKind.RetryLater, result.Failure!.Kind);
        Assert.Contains("not secure, so nothing was sent", result.Failure.Reason);
        Assert.Equal("", heard);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("no certificate in here")]
    public void An_authority_file_that_holds_none_stops_the_start(string? text)
    {
        var file = _directory.File("ca.pem");
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        Assert.Contains("ca.pem", Assert.Throws<IOException>(() => CloudHandler.Create(Settings() with { CaFile = file })).Message);
    }

    /// <summary>What the agent made of the server, and what the server heard of the agent.</summary>
    private async Task<(CloudResult<DeploymentPage> Result, string Heard)> AskAsync(X509Certificate2 certificate, bool trust)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, certificate);
        var authority = trust ? _directory.File("ca.pem") : "";
        if (trust)
        {
            await File.WriteAllTextAsync(authority, _certificates.AuthorityPem);
        }

        // Whether a busy computer is done with the handshake in time is not what is asked here.
        var settings = Settings() with { ConnectTimeout = Timeout.InfiniteTimeSpan, CaFile = authority, Url = new Uri($"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/agent/v1") };
        using var client = new CloudClient(settings, CloudHandler.Create(settings), TimeProvider.System);
        var result = await client.ListDeploymentsAsync("the-token", 0, null, TimeSpan.Zero, CancellationToken.None);
        listener.Stop();
        return (result, await serving);
    }

    private static async Task<string> ServeAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var socket = await listener.AcceptSocketAsync();
        await using var tls = new SslStream(new NetworkStream(socket));
        var heard = new StringBuilder();
        try
        {
            await tls.AuthenticateAsServerAsync(certificate);
            var buffer = new byte[4096];
            while (!heard.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await tls.ReadAsync(buffer);
                if (read == 0)
                {
                    return heard.ToString();
                }

                heard.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }

            const string Body = """{"object":"list","has_more":false,"data":[]}""";
            await tls.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\nConnection: close\r\n\r\n{Body}"));
            await tls.ShutdownAsync();
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // The agent hung up, as it should where it does not believe.
        }

        return heard.ToString();
    }

    private static CloudSettings Settings() => AgentSettingsLoader.Load(AgentSettingsLoader.ReferenceText(), null, _ => null).Cloud;
}
