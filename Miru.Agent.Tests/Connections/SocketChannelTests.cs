using System.Net.Sockets;
using Akka.Dispatch;
using Miru.Agent.Connections;
using Miru.Agent.Tests.Doubles;
using Xunit;

namespace Miru.Agent.Tests.Connections;

/// <summary>One socket on the loop, with the test as its peer.</summary>
public sealed class SocketChannelTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SocketPair _pair = SocketPair.Create();
    private readonly IoLoop _loop = new(_ => { });
    private readonly SocketChannel _channel;

    public SocketChannelTests() => _channel = new SocketChannel(_pair.Near, 4096);

    [Fact]
    public async Task Bytes_are_there_to_be_read_and_then_no_more()
    {
        _pair.Far.Send([1, 2, 3]);
        var buffer = new byte[16];

        Assert.Equal((3, SocketChannel.NotReady), await Opened(() => (_channel.TryReceive(buffer), _channel.TryReceive(buffer))));
        Assert.Equal([1, 2, 3], buffer[..3]);
    }

    [Fact]
    public async Task Who_waits_to_read_is_called_once_when_bytes_come()
    {
        var calls = 0;
        var readable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await Opened(() => _channel.TryReceive(new byte[16]));
        await OnLoop(() =>
        {
            _channel.WhenReadable(() =>
            {
                calls++;
                readable.SetResult();
            });
            return true;
        });
        _pair.Far.Send([1]);
        await readable.Task.WaitAsync(Patience);

        Assert.Equal(1, await OnLoop(() => _channel.TryReceive(new byte[16])));
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task More_than_fits_one_read_is_read_without_another_report()
    {
        _pair.Far.Send(new byte[10]);

        Assert.Equal((4, 4, 2, SocketChannel.NotReady), await Opened(() =>
        {
            var buffer = new byte[4];
            return (_channel.TryReceive(buffer), _channel.TryReceive(buffer), _channel.TryReceive(buffer), _channel.TryReceive(buffer));
        }));
    }

    [Fact]
    public async Task An_end_that_came_together_with_the_last_bytes_is_not_missed()
    {
        await Opened(() => _channel.TryReceive(new byte[16]));
        var ended = new TaskCompletionSource<(int, int)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await OnLoop(() =>
        {
            _channel.WhenReadable(() =>
            {
                var buffer = new byte[16];
                ended.SetResult((_channel.TryReceive(buffer), _channel.TryReceive(buffer)));
            });

            // While the loop runs this it does not look: both arrive as one edge.
            _pair.Far.Send([1]);
            _pair.Far.Shutdown(SocketShutdown.Send);
            return true;
        });

        Assert.Equal((1, 0), await ended.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task Who_waits_to_write_is_called_when_the_peer_made_room()
    {
        var writable = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = await Opened(() =>
        {
            while (_channel.TrySend(new byte[1024]) != SocketChannel.NotReady)
            {
            }

            _channel.WhenWritable(() => writable.SetResult(_channel.TrySend(new byte[1])));
            return _channel.BytesSent;
        });
        for (var left = sent; left > 0;)
        {
            left -= _pair.Far.Receive(new byte[4096]);
        }

        Assert.Equal(1, await writable.Task.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_peer_that_went_away_makes_writing_fail_and_raises_no_signal()
    {
        _pair.Far.Dispose();

        await Opened(() => Assert.Throws<SocketException>(() => _channel.TrySend([1])));
    }

    [Fact]
    public async Task A_closed_channel_is_watched_no_more()
    {
        Assert.Equal(1, await Opened(() => _loop.Watched));

        Assert.Equal(0, await OnLoop(() =>
        {
            _channel.Dispose();
            _channel.Dispose();
            return _loop.Watched;
        }));
        await OnLoop(() => Assert.Throws<ObjectDisposedException>(() => _channel.TryReceive(new byte[1])));
    }

    public void Dispose()
    {
        _loop.Enqueue(new ActionRunnable(_channel.Dispose));
        _loop.Dispose();
        _loop.Join(Patience);
        _pair.Dispose();
    }

    private Task<T> Opened<T>(Func<T> what) => OnLoop(() =>
    {
        _channel.Open(_loop);
        return what();
    });

    private Task<T> OnLoop<T>(Func<T> what)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Enqueue(new ActionRunnable(() =>
        {
            try
            {
                done.SetResult(what());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        }));
        return done.Task.WaitAsync(Patience);
    }
}
