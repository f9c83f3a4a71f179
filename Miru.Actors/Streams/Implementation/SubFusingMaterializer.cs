using Akka.Actor;
using Akka.Dispatch;

namespace Akka.Streams.Implementation;

/// <summary>Materializes into a running stream: the new stages join its interpreter.</summary>
internal sealed class SubFusingMaterializer(StreamHost host) : IMaterializer
{
    public MessageDispatcher ExecutionContext => host.Materializer.ExecutionContext;

    public IMaterializer WithNamePrefix(string namePrefix) => this;

    public TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable) => Materialize(runnable, Attributes.None);

    public TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes)
    {
        var assembly = new GraphAssembly(host.Interpreter);
        var value = runnable.GetLayout().Build(assembly, initialAttributes).Value;
        host.Interpreter.Add(assembly);
        return (TMat)value;
    }

    public ICancelable ScheduleOnce(TimeSpan delay, Action action) => host.Materializer.ScheduleOnce(delay, action);

    public ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        host.Materializer.ScheduleRepeatedly(initialDelay, interval, action);
}
