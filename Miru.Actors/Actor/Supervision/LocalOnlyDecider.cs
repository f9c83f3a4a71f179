namespace Akka.Actor;

/// <summary>A decider that is a function.</summary>
public class LocalOnlyDecider : IDecider
{
    private readonly Func<Exception, Directive> _decider;

    /// <summary>Decides by this function.</summary>
    public LocalOnlyDecider(Func<Exception, Directive> decider) => _decider = decider;

    /// <inheritdoc/>
    public Directive Decide(Exception cause) => _decider(cause);
}
