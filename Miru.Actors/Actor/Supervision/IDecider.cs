namespace Akka.Actor;

/// <summary>Chooses a directive for a failure.</summary>
public interface IDecider
{
    /// <summary>What to do about this failure.</summary>
    Directive Decide(Exception cause);
}
