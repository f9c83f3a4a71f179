using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Miru.Agent.Cloud.Api;

/// <summary>The transport, with the defaults of .NET that do not suit an unattended robot put right.</summary>
internal static class CloudHandler
{
    /// <summary>Addresses move: no connection is kept longer than this, so that a new answer of the name service is seen.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private const int MaxResponseHeadersKilobytes = 32;
    private const int KeepAliveAfterSeconds = 15;
    private const int KeepAliveIntervalSeconds = 5;
    private const int KeepAliveRetries = 3;

    /// <exception cref="IOException">The file with certificate authorities cannot be used.</exception>
    public static SocketsHttpHandler Create(CloudSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = settings.ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
            UseProxy = !settings.Url.IsLoopback,

            // The list, the downloads, a token and a report.
            MaxConnectionsPerServer = settings.ParallelDownloads + 3,
            ConnectCallback = ConnectAsync,
        };
        if (settings.CaFile.Length > 0)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = TrustOnly(settings.CaFile) };
        }

        return handler;
    }

    /// <summary>
    /// As .NET would, and with the kernel's own signs of life: a NAT keeps its entry while a request is held, and a peer that is gone without
    /// a word is noticed within half a minute, not at the deadline.
    /// </summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveAfterSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveIntervalSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveRetries);
            await socket.ConnectAsync(context.DnsEndPoint, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static X509ChainPolicy TrustOnly(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new IOException($"miru.cloud.ca-file '{caFile}' cannot be used: {unusable.Message}", unusable);
        }

        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new IOException($"miru.cloud.ca-file '{caFile}' holds no certificate in PEM form.");
    }
}
