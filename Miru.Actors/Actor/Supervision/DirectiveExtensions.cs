namespace Akka.Actor;

/// <summary>Writes deciders down.</summary>
public static class DirectiveExtensions
{
    /// <summary>This directive for exceptions of this type, as one line of a decider.</summary>
    public static KeyValuePair<Type, Directive> When<TException>(this Directive self) where TException : Exception => new(typeof(TException), self);
}
