using Akka.Actor;
using Miru.Agent.Configs;
using Miru.Agent.Deployments;

namespace Miru.Benchmarks.Fleet;

/// <summary>
/// A device's store, as far as the cloud side sees it: lacks the contents of a new deployment, deploys it at once, and has that reported.
/// </summary>
internal sealed class ModelledStore : ReceiveActor
{
    private readonly Queue<StatusReport> _outbox = new();
    private readonly HashSet<string> _contents = [];
    private string? _current;
    private IActorRef _reporter = ActorRefs.Nobody;
    private long _reports;

    public ModelledStore()
    {
        Receive<FindMissingContents>(find => Sender.Tell(new MissingContents([.. Instances(find.Deployments).Where(id => !_contents.Contains(id))])));
        Receive<KeepContent>(keep =>
        {
            _contents.Add(keep.InstanceId);
            Sender.Tell(new ContentKept(keep.InstanceId));
        });
        Receive<KeepDeployments>(keep =>
        {
            Deploy(keep.Deployments[0].Id);
            Sender.Tell(new DeploymentsKept());
        });
        Receive<SubscribeReports>(_ =>
        {
            _reporter = Sender;
            Remind();
        });
        Receive<GetNextReport>(_ => Sender.Tell(new NextReport(_outbox.TryPeek(out var report) ? report : null)));
        Receive<ForgetReport>(forget =>
        {
            if (_outbox.TryPeek(out var report) && report.Id == forget.ReportId)
            {
                _outbox.Dequeue();
            }
        });
    }

    private static IEnumerable<string> Instances(IEnumerable<FetchedDeployment> deployments) =>
        deployments.SelectMany(deployment => deployment.Instances).Select(instance => instance.Id);

    private void Deploy(string deployment)
    {
        if (_current != deployment)
        {
            _current = deployment;
            _outbox.Enqueue(new StatusReport(++_reports, deployment, DeploymentActivity.Deployed, DeploymentError.None, null, null));
            Remind();
        }
    }

    private void Remind()
    {
        if (_outbox.Count > 0)
        {
            _reporter.Tell(new ReportsQueued());
        }
    }
}
