using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Akka.Actor;

/// <summary>Chooses the public constructor that the arguments fit, on the first incarnation; a misfit is a failed creation, not a failed recipe.</summary>
internal sealed class TypeProducer(
    [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] Type type, object[] arguments) : IIndirectActorProducer
{
    private ConstructorProducer _chosen;

    public Type ActorType => type;

    public ActorBase Produce() => (_chosen ??= Choose()).Produce();

    public void Release(ActorBase actor) { }

    private ConstructorProducer Choose()
    {
        ConstructorInfo fitting = null;
        object[] filled = null;
        foreach (var constructor in type.GetConstructors())
        {
            if (!TryFill(constructor.GetParameters(), out var candidate)) continue;
            if (fitting is not null && fitting.GetParameters().Length <= constructor.GetParameters().Length) continue;
            (fitting, filled) = (constructor, candidate);
        }
        return fitting is not null
            ? new ConstructorProducer(fitting, filled)
            : throw new MissingMethodException($"No public constructor of {type} takes these arguments.");
    }

    private bool TryFill(ParameterInfo[] parameters, out object[] filled)
    {
        filled = null;
        if (parameters.Length < arguments.Length) return false;
        var values = new object[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            if (i >= arguments.Length)
            {
                if (!parameters[i].HasDefaultValue) return false;
                values[i] = parameters[i].DefaultValue;
            }
            else if (Fits(arguments[i], parameters[i].ParameterType)) values[i] = arguments[i];
            else return false;
        }
        filled = values;
        return true;
    }

    private static bool Fits(object argument, Type type) =>
        argument is null ? !type.IsValueType || Nullable.GetUnderlyingType(type) is not null : type.IsInstanceOfType(argument);
}
