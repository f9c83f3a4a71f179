using Miru.Agent.Tests.Doubles;
using Miru.Protocol;
using Miru.Sdk;
using Miru.Sdk.Connection;

namespace Miru.Agent.Tests.Simulation;

/// <summary>
/// A robot application on the SDK's own session, staging and backoff, with moods: it reads all, or a little, or nothing; it dies and comes back
/// with its cursor or without; it connects anew before the agent has noticed that the old connection is dead. What it is shown is checked.
/// </summary>
internal sealed class SimulatedApplication
{
    private const int All = int.MaxValue;

    private readonly string _name;
    private readonly Random _random;
    private readonly VirtualTime _time;
    private readonly SimulatedStore _store;
    private readonly Func<SimulatedWire, bool> _connect;
    private readonly MiruClientOptions _options;
    private readonly Backoff _backoff;
    private readonly List<SimulatedWire> _abandoned = [];
    private readonly DateTimeOffset _start;
    private Link? _link;
    private MiruSnapshot _published = MiruSnapshot.None;
    private DateTimeOffset _connectAt;
    private int _failures;
    private int _appetite = All;
    private Plant _plant;

    public SimulatedApplication(
        string name, int seed, VirtualTime time, SimulatedStore store, Func<SimulatedWire, bool> connect, Plant plant)
    {
        _name = name;
        _random = new Random(seed);
        _time = time;
        _store = store;
        _connect = connect;
        _plant = plant;
        _options = new MiruClientOptions { ApplicationName = name, SocketPath = "/simulated", TimeProvider = time, Random = _random.NextDouble };
        _backoff = new Backoff(_options.MinBackoff, _options.MaxBackoff, _options.Random);
        _connectAt = _start = time.GetUtcNow();
    }

    /// <summary>What happened to this application, line by line.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Connected, and shown exactly the newest state.</summary>
    public bool IsCurrent => _link is not null && _published.Cursor == new Cursor(_store.Current.Epoch, _store.Current.Sequence);

    /// <summary>From here on it behaves.</summary>
    public void CalmDown()
    {
        _appetite = All;
        _abandoned.ForEach(wire => wire.Leave());
        _abandoned.Clear();
        if (_link is { Wire.HalfClosed: true })
        {
            End("calm");
        }
    }

    /// <summary>Something may happen to it.</summary>
    public void Misbehave()
    {
        switch (_random.Next(40))
        {
            case 0:
                Mood(0);
                break;
            case 1:
                Mood(_random.Next(1, 300));
                break;
            case 2 or 3 or 4:
                Mood(All);
                break;
            case 5 when _link is not null:
                End("dies");
                break;
            case 6 when _link is not null:
                End("dies and forgets");
                _published = MiruSnapshot.None;
                break;
            case 7 when _link is not null:
                Note("connects anew, the old connection stays");
                _abandoned.Add(_link.Wire);
                _link = null;
                _connectAt = _time.GetUtcNow();
                break;
            case 8 when _abandoned.Count > 0:
                Note("an old connection ends");
                _abandoned[0].Leave();
                _abandoned.RemoveAt(0);
                break;
            case 9 when _link is not null:
                Note("says garbage");
                var garbage = new byte[_random.Next(1, 30)];
                _random.NextBytes(garbage);
                _link.Wire.Send(garbage);
                break;
            case 10 when _link is not null:
                Note("stops saying anything");
                _link.Wire.HalfClose();
                break;
        }
    }

    /// <summary>Its turn: connects if it is time, and reads what it wants to.</summary>
    public void Act()
    {
        if (_link is null)
        {
            Connect();
            return;
        }

        _link.Transport.Read(_appetite);
        if (_link.Ended.IsCompleted)
        {
            var cause = _link.Ended.Result;
            if (cause is SimulationException finding)
            {
                // Raised inside the session, which takes it for one more reason to come back.
                throw finding;
            }

            var pause = _backoff.Delay(_failures++, cause is GoodbyeException goodbye ? goodbye.ReconnectAfter : TimeSpan.Zero);
            End($"{cause.GetType().Name}: {cause.Message}; back in {pause.TotalMilliseconds:0}");
            _connectAt = _time.GetUtcNow() + pause;
        }
    }

    private void Connect()
    {
        if (_time.GetUtcNow() < _connectAt)
        {
            return;
        }

        var order = new PushOrder(_name);
        var wire = new SimulatedWire(_random.Next(600, 8000), new Random(_random.Next()), bytes => order.Sent(bytes));
        if (!_connect(wire))
        {
            _connectAt = _time.GetUtcNow() + _backoff.Delay(_failures++, TimeSpan.Zero);
            return;
        }

        Note($"connects after {_published.Cursor?.ToString() ?? "nothing"}");
        var transport = new SimulatedTransport(
            wire,
            message =>
            {
                order.Heard(message);
                Note($"<- {Describe(message)}");
                return !IsLost(message);
            },
            message =>
            {
                order.Said(message);
                Note($"-> {message.Kind}");
            });
        var session = new Session(transport, _options, _published);
        _link = new Link(wire, transport, session, session.RunAsync(() => { }, Publish, _ => { }, () => { }, CancellationToken.None));
    }

    private void Publish(MiruSnapshot snapshot)
    {
        var cursor = snapshot.Cursor!;
        _failures = 0;
        var shown = SimulatedStore.Describe(snapshot.Configs.Values.Select(config => (config.Slug, config.Sequence, config.Digest)));
        Note($"shows {cursor.Sequence}: {shown}");
        Require(_store.At(cursor.Epoch, cursor.Sequence) == shown, $"at {cursor} the store held [{_store.At(cursor.Epoch, cursor.Sequence)}], shown was [{shown}]");
        Require(
            _published.Cursor is not { } before || before.Epoch != cursor.Epoch || before.Sequence <= cursor.Sequence,
            $"fell from {_published.Cursor} to {cursor}");
        _published = snapshot;
    }

    private bool IsLost(Message message)
    {
        var lost = _plant == Plant.LostPush && message is ConfigMessage { Sequence: > 10 };
        _plant = lost ? Plant.None : _plant;
        return lost;
    }

    private void Mood(int appetite)
    {
        _appetite = appetite;
        Note($"reads {appetite}");
    }

    private void End(string why)
    {
        Note(why);
        _link!.Session.Dispose();
        _link = null;
        _connectAt = _time.GetUtcNow();
    }

    private void Note(string what) => Trace.Add($"{(_time.GetUtcNow() - _start).TotalMilliseconds,8:0} {_name} {what}");

    private void Require(bool holds, string otherwise) => SimulationException.Require(holds, $"{_name}: {otherwise}");

    private static string Describe(Message message) => message switch
    {
        ConfigMessage config => $"Config {config.Slug}@{config.Sequence} +{config.Superseded}",
        Removed removed => $"Removed {removed.Slug}@{removed.Sequence} +{removed.Superseded}",
        Synced synced => $"Synced {synced.Sequence}",
        Watching watching => $"Watching {watching.Head.Sequence} {(watching.Full ? string.Join(',', watching.Slugs) : "resumed")}",
        ErrorMessage error => $"Error {error.Code} {error.Clause}",
        _ => message.Kind.ToString(),
    };

    private sealed record Link(SimulatedWire Wire, SimulatedTransport Transport, Session Session, Task<Exception> Ended);
}
