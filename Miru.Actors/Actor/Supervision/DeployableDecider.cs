namespace Akka.Actor;

/// <summary>A decider that is a table: the first line whose type fits decides.</summary>
public class DeployableDecider : IDecider
{
    /// <summary>A table with a default for what it does not list.</summary>
    public DeployableDecider(Directive defaultDirective, IEnumerable<KeyValuePair<Type, Directive>> pairs) : this(defaultDirective, pairs.ToArray()) { }

    /// <summary>A table with a default for what it does not list.</summary>
    public DeployableDecider(Directive defaultDirective, params KeyValuePair<Type, Directive>[] pairs)
    {
        DefaultDirective = defaultDirective;
        Pairs = pairs;
    }

    /// <summary>For what the table does not list.</summary>
    public Directive DefaultDirective { get; }

    /// <summary>The table.</summary>
    public KeyValuePair<Type, Directive>[] Pairs { get; }

    /// <inheritdoc/>
    public Directive Decide(Exception cause)
    {
        foreach (var (type, directive) in Pairs)
            if (type.IsInstanceOfType(cause)) return directive;
        return DefaultDirective;
    }
}
