using Akka.Util;

namespace Akka.Actor;

public abstract partial class ActorRefBase
{
    /// <inheritdoc/>
    public virtual ISurrogate ToSurrogate(ActorSystem system) => new Surrogate(Serialization.Serialization.SerializedActorPath(this));

    /// <summary>A reference as a text.</summary>
    public class Surrogate : ISurrogate
    {
        /// <summary>Of this text.</summary>
        public Surrogate(string path) => Path = path;

        /// <summary>The path and the incarnation.</summary>
        public string Path { get; }

        /// <inheritdoc/>
        public ISurrogated FromSurrogate(ActorSystem system) => ((ExtendedActorSystem)system).Provider.ResolveActorRef(Path);
    }
}
