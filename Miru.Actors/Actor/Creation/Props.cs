using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Akka.Actor;

/// <summary>
/// The recipe for an actor. The arguments are evaluated once, when the recipe is written, and serve every incarnation of every actor
/// made from it: an argument that can change leaks from one incarnation into the next.
/// </summary>
public class Props : IEquatable<Props>
{
    private const DynamicallyAccessedMemberTypes Constructors = DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>No recipe.</summary>
    public static readonly Props None = null;

    private readonly IIndirectActorProducer _producer;

    private Props(IIndirectActorProducer producer, object[] arguments, Deploy deploy, SupervisorStrategy supervisorStrategy)
    {
        _producer = producer;
        Arguments = arguments;
        Deploy = deploy;
        SupervisorStrategy = supervisorStrategy;
    }

    /// <summary>An actor that handles nothing.</summary>
    public static Props Empty { get; } = Create<EmptyActor>();

    /// <summary>The type of the actor.</summary>
    public Type Type => _producer.ActorType;

    /// <summary>The name of the actor's type.</summary>
    public string TypeName => Type.AssemblyQualifiedName;

    /// <summary>The arguments of the constructor.</summary>
    public object[] Arguments { get; }

    /// <summary>How it is deployed.</summary>
    public Deploy Deploy { get; protected set; }

    /// <summary>The strategy given with the recipe; it wins over the actor's own. Null when none was given.</summary>
    public SupervisorStrategy SupervisorStrategy { get; protected set; }

    /// <summary>The id of the dispatcher; null for the default.</summary>
    public string Dispatcher => Deploy.Dispatcher;

    /// <summary>The id of the mailbox; null for the default.</summary>
    public string Mailbox => Deploy.Mailbox;

    /// <summary>From <c>() => new MyActor(a, b)</c>. Only such a call is allowed; a and b are evaluated now.</summary>
    /// <exception cref="ArgumentException">The expression is not a call of a constructor.</exception>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression { Constructor: not null } call)
            throw new ArgumentException("The create function must be a 'new T (args)' expression");
        var arguments = call.Arguments.Select(ConstructorArgument.Evaluate).ToArray();
        return new Props(new ConstructorProducer(call.Constructor, arguments), arguments, Deploy.Local, supervisorStrategy);
    }

    /// <summary>From a type and the arguments of one of its constructors.</summary>
    public static Props Create<[DynamicallyAccessedMembers(Constructors)] TActor>(params object[] args) where TActor : ActorBase => Create(typeof(TActor), args);

    /// <summary>From a type without arguments, with a strategy for its children.</summary>
    public static Props Create<[DynamicallyAccessedMembers(Constructors)] TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        Create(typeof(TActor)).WithSupervisorStrategy(supervisorStrategy);

    /// <summary>From a type and the arguments of one of its constructors.</summary>
    /// <exception cref="ArgumentNullException">The type is null.</exception>
    public static Props Create([DynamicallyAccessedMembers(Constructors)] Type type, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new Props(new TypeProducer(type, args ?? []), args ?? [], Deploy.Local, null);
    }

    /// <summary>From a producer of its own.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer, args ?? [], Deploy.Local, null);

    /// <summary>The same on another dispatcher.</summary>
    public Props WithDispatcher(string dispatcher) => With(Deploy.WithDispatcher(dispatcher));

    /// <summary>The same with another mailbox.</summary>
    public Props WithMailbox(string mailbox) => With(Deploy.WithMailbox(mailbox));

    /// <summary>The same, deployed in another way.</summary>
    public Props WithDeploy(Deploy deploy) => With(deploy);

    /// <summary>The same with a strategy for its children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => new(_producer, Arguments, Deploy, supervisorStrategy);

    /// <inheritdoc/>
    public bool Equals(Props other) =>
        other is not null && Type == other.Type && Deploy.Equals(other.Deploy) && Equals(SupervisorStrategy, other.SupervisorStrategy)
        && Arguments.SequenceEqual(other.Arguments);

    /// <inheritdoc/>
    public override bool Equals(object obj) => Equals(obj as Props);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Deploy);

    internal static Props ByFactory<TActor>(Func<TActor> create) where TActor : ActorBase => CreateBy(new FactoryProducer<TActor>(create));

    /// <summary>Makes an instance; only inside a cell.</summary>
    internal ActorBase NewInstance()
    {
        var actor = Produce() ?? throw new ActorInitializationException($"The producer of [{Type}] made nothing.");
        if (SupervisorStrategy is not null) actor.AdoptStrategy(SupervisorStrategy);
        return actor;
    }

    private ActorBase Produce()
    {
        try
        {
            return _producer.Produce();
        }
        catch (Exception failure)
        {
            throw new TypeLoadException(
                $"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({string.Join(",", Arguments)})", failure);
        }
    }

    internal void Release(ActorBase actor) => _producer.Release(actor);

    private Props With(Deploy deploy) => new(_producer, Arguments, deploy, SupervisorStrategy);

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
