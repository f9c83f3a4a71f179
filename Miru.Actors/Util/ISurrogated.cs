using Akka.Actor;

namespace Akka.Util;

/// <summary>Something that cannot be sent as it is, but by something in its place.</summary>
public interface ISurrogated
{
    /// <summary>What is sent in its place.</summary>
    ISurrogate ToSurrogate(ActorSystem system);
}
