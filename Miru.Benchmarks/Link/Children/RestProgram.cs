using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Miru.Benchmarks.Link.Peers;

namespace Miru.Benchmarks.Link.Children;

/// <summary>The child process behind <see cref="RestServer"/>: the smallest Kestrel that answers a slug with 1 KiB. Ends with its standard input.</summary>
internal static class RestProgram
{
    public static async Task RunAsync(string socketPath)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0);
            kestrel.ListenUnixSocket(socketPath);
        });
        await using var app = builder.Build();
        var content = new byte[AgentServer.ContentSize];
        app.MapGet("/{slug}", (string slug) => slug == AgentServer.Slug ? Results.Bytes(content) : Results.NotFound());
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        await Console.Out.WriteLineAsync(addresses.First(address => !address.Contains("unix", StringComparison.Ordinal)));
        await Console.In.ReadToEndAsync();
    }
}
