using Akka.Actor;
using Miru.Agent.Cloud.Api;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;

namespace Miru.Agent.Cloud.Contents;

/// <summary>
/// Downloads the contents that the store lacks, some at a time; each has its place until the store has it, so that memory is bounded by their number.
/// <para>Owns: what is queued and under way of one command, beginnings of transfers that broke off.</para>
/// <para>Receives: <see cref="FetchContents"/>; answers of the cloud and of the store.</para>
/// <para>Tells: the store contents and refusals; who asked, <see cref="ContentsFetched"/>.</para>
/// <para>On failure: starts no more, lets end what is under way, and says the first failure. A transfer that broke off after a good part of it
/// is continued at once, any other with the next command.</para>
/// </summary>
internal sealed class ContentFetcher : ReceiveActor, IWithTimers
{
    /// <summary>What a step may take beyond the deadline of its request before it counts as stuck.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CloudSettings _settings;
    private readonly CloudClient _client;
    private readonly IActorRef _store;
    private readonly PartialContents _partials;
    private readonly HashSet<string> _underWay = [];
    private IActorRef _asker = ActorRefs.Nobody;
    private CancellationTokenSource _stop = new();
    private Queue<string> _queued = new();
    private CloudFailure? _failure;
    private string _token = "";
    private int _command;

    public ContentFetcher(CloudSettings settings, CloudClient client, IActorRef store)
    {
        _settings = settings;
        _client = client;
        _store = store;
        _partials = new PartialContents(settings.ParallelDownloads);

        Receive<FetchContents>(Begin);
        Receive<Downloaded>(Take, downloaded => downloaded.Command == _command);
        Receive<ContentKept>(kept => Finish(kept.InstanceId));
        Receive<StoreFailed>(
            failed => End(new CloudFailure(FailureKind.RetryLater, $"the store cannot keep it: {failed.Reason}"), SyncOutcome.NotStored), _ => _underWay.Count > 0);
        Receive<Stuck>(_ => End(new CloudFailure(FailureKind.RetryLater, "a part of the agent gave no answer"), SyncOutcome.NotReady));
        Receive<Status.Failure>(broken => throw new InvalidOperationException("A download broke down.", broken.Cause));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private void Begin(FetchContents fetch)
    {
        _command++;
        _asker = Sender;
        _token = fetch.Token;
        _failure = null;
        _queued = new Queue<string>(fetch.InstanceIds.Distinct());
        _partials.KeepOnly(fetch.InstanceIds);
        Continue();
    }

    /// <summary>Starts as many downloads as may run, or ends when none is left.</summary>
    private void Continue()
    {
        while (_failure is null && _underWay.Count < _settings.ParallelDownloads && _queued.TryDequeue(out var id))
        {
            _underWay.Add(id);
            var command = _command;
            _client.DownloadAsync(_token, id, _partials.Of(id), _stop.Token).PipeTo(Self, success: result => new Downloaded(command, id, result));
        }

        if (_underWay.Count > 0)
        {
            Timers.StartSingleTimer(Stuck.Instance, Stuck.Instance, _settings.RequestTimeout + Patience);
        }
        else
        {
            End(_failure, _failure is null ? SyncOutcome.Done : SyncOutcome.NotReady);
        }
    }

    private void Take(Downloaded downloaded)
    {
        var (id, failure) = (downloaded.InstanceId, downloaded.Result.Failure);
        var isProgress = failure?.Partial?.IsProgressOver(_partials.Of(id)) ?? false;
        _partials.Keep(id, failure?.Partial);
        switch (downloaded.Result)
        {
            case { Value: { } download }:
                _store.Tell(new KeepContent(id, download.ContentType, download.Content));
                break;
            case { Failure.IsTooLarge: true }:
                _store.Tell(new RefuseContent(id, RefusalCodes.TooLarge, $"has more than the {_settings.MaxConfigSize} bytes of configs.max-config-size"));
                break;
            default:
                if (isProgress)
                {
                    _queued.Enqueue(id);
                }
                else
                {
                    _failure ??= failure;
                }

                Finish(id);
                break;
        }
    }

    private void Finish(string instanceId)
    {
        if (_underWay.Remove(instanceId))
        {
            Continue();
        }
    }

    private void End(CloudFailure? failure, SyncOutcome outcome)
    {
        Timers.Cancel(Stuck.Instance);
        if (_underWay.Count > 0)
        {
            // Late answers belong to a command that is over.
            _command++;
            _underWay.Clear();
            _stop.Cancel();
            _stop.Dispose();
            _stop = new CancellationTokenSource();
        }

        _asker.Tell(new ContentsFetched(failure, outcome));
    }

    private sealed record Stuck
    {
        public static readonly Stuck Instance = new();
    }

    private sealed record Downloaded(int Command, string InstanceId, CloudResult<Download> Result);
}
