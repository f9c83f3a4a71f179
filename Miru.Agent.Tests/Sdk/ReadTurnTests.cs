using Miru.Protocol;
using Miru.Sdk.Transport;
using Xunit;

namespace Miru.Agent.Tests.Sdk;

public sealed class ReadTurnTests
{
    [Fact]
    public void What_arrives_is_always_somebodys_to_read()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            new Play(seed).Run();
        }
    }

    [Fact]
    public void A_burst_costs_nothing_but_one_timer()
    {
        var calls = new List<string>();
        var turn = new ReadTurn(bytes => calls.Add(bytes ? "watch" : "ignore"), () => calls.Add("later"));
        turn.Attend();
        calls.Clear();

        for (var request = 0; request < 10; request++)
        {
            Assert.True(turn.TryTake());
            turn.Leave(lingers: true, new Receiver());
        }

        Assert.Equal(["ignore", "later"], calls);
        turn.Elapsed();
        Assert.Equal("watch", calls[^1]);
    }

    [Fact]
    public async Task The_end_waits_for_who_still_reads()
    {
        var turn = new ReadTurn(_ => { }, () => { });
        var left = false;
        Assert.True(turn.TryTake());
        turn.Close();
        var ending = Task.Factory.StartNew(
            () =>
            {
                turn.AwaitLast();
                return Volatile.Read(ref left);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Volatile.Write(ref left, true);
        turn.Leave(lingers: true, new Receiver());

        Assert.True(await ending.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.False(turn.TryTake());
    }

    private sealed class Receiver : IReceiver
    {
        public bool IsAwaited { get; set; }

        public void Received(in Frame frame)
        {
        }
    }

    private sealed class Waiter : Awaited;

    /// <summary>Some threads and the background one, one step of one of them at a time.</summary>
    private sealed class Play
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly ReadTurn _turn;
        private readonly Receiver _receiver = new();
        private readonly List<Waiter> _parked = [];
        private object? _holder;
        private bool _watches;
        private bool _wakesLater;

        public Play(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _turn = new ReadTurn(
                bytes => _watches = bytes,
                () =>
                {
                    Assert.False(_wakesLater, $"seed {_seed}: one timer is enough");
                    _wakesLater = true;
                });
        }

        public void Run()
        {
            _turn.Attend();
            for (var step = 0; step < 80; step++)
            {
                Step();
                FindPromoted();
                Check(step);
            }
        }

        private void Step()
        {
            switch (_random.Next(7))
            {
                case 0 when _holder is null:
                    Assert.True(_turn.TryTake());
                    _holder = new Waiter();
                    break;
                case 1:
                    Park();
                    break;
                case 2 when _holder is not null:
                    _holder = null;
                    _turn.Leave(_random.Next(2) == 0, _receiver);
                    break;
                case 3 when _parked.Count > 0:
                    var leaving = _parked[_random.Next(_parked.Count)];
                    Assert.True(_turn.TryUnpark(leaving));
                    _parked.Remove(leaving);
                    break;
                case 4 when _wakesLater:
                    _wakesLater = false;
                    _turn.Elapsed();
                    break;
                case 5:
                    // One-shot: being woken uses the watch up; it may be stale as well.
                    _watches = false;
                    if (_turn.TryTakeWoken())
                    {
                        Assert.Null(_holder);
                        _holder = this;
                    }

                    break;
                case 6:
                    _receiver.IsAwaited = _random.Next(2) == 0;
                    _turn.Attend();
                    break;
            }
        }

        private void Park()
        {
            var waiter = new Waiter();
            if (_turn.TakeOrPark(waiter))
            {
                Assert.Null(_holder);
                _holder = waiter;
            }
            else
            {
                Assert.NotNull(_holder);
                _parked.Add(waiter);
            }
        }

        private void FindPromoted()
        {
            foreach (var promoted in _parked.Where(waiter => waiter.IsPromoted).ToArray())
            {
                Assert.Null(_holder);
                _holder = promoted;
                _parked.Remove(promoted);
            }
        }

        private void Check(int step)
        {
            Assert.True(_holder is not null || _watches || _wakesLater, $"seed {_seed}, step {step}: nobody would read");
            Assert.True(_holder is not null || _parked.Count == 0, $"seed {_seed}, step {step}: parked for nothing");
            Assert.False(_holder is not null && _watches && _holder != this, $"seed {_seed}, step {step}: an answer would wake two");
            Assert.True(
                _holder is not null || _watches || !_receiver.IsAwaited, $"seed {_seed}, step {step}: who waits would wait for the timer");
        }
    }
}
