namespace Miru.Cloud.Hosting;

/// <summary>Reads what <c>--urls</c> says before Kestrel does, to refuse it in clearer words.</summary>
internal static class ListenAddresses
{
    /// <exception cref="CloudStartException">An address is malformed or asks for TLS.</exception>
    public static string[] Parse(string urls)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
        {
            throw new CloudStartException("No address to listen on was given; try http://127.0.0.1:8080.");
        }

        foreach (var address in addresses)
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
            {
                throw new CloudStartException($"Cannot listen on '{address}': give http://HOST:PORT. TLS is the business of a proxy in front.");
            }
        }

        return addresses;
    }

    /// <summary>An address a client on this machine can use: one that listens everywhere is reached by loopback.</summary>
    public static Uri Reachable(string bound)
    {
        var uri = new UriBuilder(bound);
        uri.Host = uri.Host switch
        {
            "0.0.0.0" or "*" or "+" => "127.0.0.1",
            "[::]" => "[::1]",
            var host => host,
        };
        return uri.Uri;
    }
}
