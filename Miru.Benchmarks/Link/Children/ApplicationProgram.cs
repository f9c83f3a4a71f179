using Miru.Sdk;

namespace Miru.Benchmarks.Link.Children;

/// <summary>An application that is connected and has nothing to do. Ends with its standard input.</summary>
internal static class ApplicationProgram
{
    public static async Task RunAsync(string socketPath)
    {
        await using var client = await MiruClient.ConnectAsync(new MiruClientOptions { SocketPath = socketPath });
        await Console.Out.WriteLineAsync("connected");
        await Console.In.ReadToEndAsync();
    }
}
