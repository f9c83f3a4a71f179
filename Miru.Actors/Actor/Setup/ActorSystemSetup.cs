using Akka.Util;

namespace Akka.Actor.Setup;

/// <summary>The setups of a system, one per type.</summary>
public sealed class ActorSystemSetup
{
    /// <summary>None.</summary>
    public static readonly ActorSystemSetup Empty = new([]);

    private readonly Dictionary<Type, Setup> _setups;

    private ActorSystemSetup(Dictionary<Type, Setup> setups) => _setups = setups;

    /// <summary>From several; a later one replaces an earlier one of its type.</summary>
    public static ActorSystemSetup Create(params Setup[] setup) => setup.Aggregate(Empty, (all, one) => all.With(one));

    /// <summary>The setup of a type, if there is one.</summary>
    public Option<T> Get<T>() where T : Setup => _setups.TryGetValue(typeof(T), out var setup) ? (T)setup : Option<T>.None;

    /// <summary>With one more.</summary>
    public ActorSystemSetup WithSetup<T>(T setup) where T : Setup => With(setup);

    /// <summary>With one more.</summary>
    public ActorSystemSetup And<T>(T setup) where T : Setup => With(setup);

    private ActorSystemSetup With(Setup setup) => new(new Dictionary<Type, Setup>(_setups) { [setup.GetType()] = setup });
}
