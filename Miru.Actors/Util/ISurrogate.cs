using Akka.Actor;

namespace Akka.Util;

/// <summary>Stands for something that cannot be sent as it is.</summary>
public interface ISurrogate
{
    /// <summary>What it stands for, made anew in <paramref name="system"/>.</summary>
    ISurrogated FromSurrogate(ActorSystem system);
}
