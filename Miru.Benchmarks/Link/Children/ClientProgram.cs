using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Miru.Benchmarks.Link.Peers;
using Miru.Benchmarks.Measuring;
using Miru.Sdk;

namespace Miru.Benchmarks.Link.Children;

/// <summary>The child process behind <see cref="Contenders.ManagedContender"/>.</summary>
internal static class ClientProgram
{
    public static async Task RunAsync(string kind, string address, int server)
    {
        await using var client = kind.StartsWith("sdk", StringComparison.Ordinal)
            ? await MiruClient.ConnectAsync(new MiruClientOptions { SocketPath = address })
            : null;
        using var http = Http(kind, address);
        var url = new Uri(kind == "rest" ? address : "http://localhost/" + AgentServer.Slug);
        Func<ValueTask<int>> ask = kind switch
        {
            "sdk" => () => ValueTask.FromResult(client!.Get(AgentServer.Slug).Content.Length),
            "sdk-async" => async () => (await client!.GetAsync(AgentServer.Slug)).Content.Length,
            _ => async () => (await http.GetByteArrayAsync(url)).Length,
        };

        while (await Console.In.ReadLineAsync() is { } line)
        {
            var numbers = line.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
            var figures = await MeasureAsync(ask, server, requests: numbers[0], warmUp: numbers[1], pace: numbers[2]);
            await Console.Out.WriteLineAsync(figures.ToLine());
        }
    }

    private static async Task<Figures> MeasureAsync(Func<ValueTask<int>> ask, int server, int requests, int warmUp, long pace)
    {
        for (var i = 0; i < warmUp; i++)
            await AskAsync(ask);

        var times = new double[requests];
        var cpu = CpuClock.OfProcess(server);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < requests; i++)
        {
            if (pace > 0)
                MonotonicClock.SleepUntil(started + ((i + 1) * pace));
            var sent = Stopwatch.GetTimestamp();
            await AskAsync(ask);
            times[i] = Stopwatch.GetElapsedTime(sent).TotalMicroseconds;
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        cpu = CpuClock.OfProcess(server) - cpu;
        Array.Sort(times);
        return new Figures(times[requests / 2], times[requests - 1 - (requests / 100)], requests / elapsed.TotalSeconds, cpu.TotalMicroseconds / requests);
    }

    private static async ValueTask AskAsync(Func<ValueTask<int>> ask)
    {
        if (await ask() is var size && size != AgentServer.ContentSize)
            throw new InvalidOperationException($"{size} bytes came");
    }

    private static HttpClient Http(string kind, string address)
    {
        if (kind == "rest")
            return new HttpClient();
        return new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
    }
}
