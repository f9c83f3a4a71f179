using Akka.Actor;

namespace Akka.Streams.Dsl;

/// <summary>A blueprint without open ports: it can be run, any number of times.</summary>
public interface IRunnableGraph<TMat> : IGraph<ClosedShape, TMat>
{
    /// <summary>Starts a stream and returns its materialized value.</summary>
    TMat Run(IMaterializer materializer);

    /// <summary>Starts a stream on the system's shared materializer.</summary>
    TMat Run(ActorSystem actorSystem);

    IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func);

    new IRunnableGraph<TMat> AddAttributes(Attributes attributes);

    new IRunnableGraph<TMat> WithAttributes(Attributes attributes);

    new IRunnableGraph<TMat> Named(string name);
}
