using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Streams.Implementation;

namespace Akka.Streams;

/// <summary>
/// A materializer whose streams are actors, children of one supervisor. Streams end when the supervisor does: with the actor or system
/// that the materializer was created from, or at <see cref="Shutdown"/>.
/// </summary>
public abstract class ActorMaterializer : IMaterializer, IMaterializerLoggingProvider, IDisposable
{
    protected ActorMaterializer()
    {
    }

    public abstract ActorMaterializerSettings Settings { get; }

    public abstract bool IsShutdown { get; }

    public abstract MessageDispatcher ExecutionContext { get; }

    public abstract ActorSystem System { get; }

    public abstract ILoggingAdapter Logger { get; }

    public abstract IActorRef Supervisor { get; }

    /// <summary>A new materializer with a supervisor of its own under the given system or actor.</summary>
    public static ActorMaterializer Create(IActorRefFactory context, ActorMaterializerSettings settings = null, string namePrefix = null) =>
        ActorMaterializerImpl.Create(context, settings, namePrefix);

    public abstract ActorMaterializerSettings EffectiveSettings(Attributes attributes);

    public abstract IMaterializer WithNamePrefix(string namePrefix);

    public abstract TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable);

    public abstract TMat Materialize<TMat>(IGraph<ClosedShape, TMat> runnable, Attributes initialAttributes);

    public abstract ICancelable ScheduleOnce(TimeSpan delay, Action action);

    public abstract ICancelable ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    public abstract ILoggingAdapter MakeLogger(object logSource);

    public abstract IActorRef ActorOf(MaterializationContext context, Props props);

    /// <summary>Stops all streams of this materializer abruptly.</summary>
    public abstract void Shutdown();

    /// <summary>As <see cref="Shutdown"/>. A materializer that others share must not be disposed by one of them.</summary>
    public void Dispose() => Shutdown();
}
