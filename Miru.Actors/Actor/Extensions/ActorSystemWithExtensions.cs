using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>Extensions by the type of their id.</summary>
public static class ActorSystemWithExtensions
{
    /// <summary>The extension; registered now with an id of type TI when there is none yet.</summary>
    public static T WithExtension<T, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TI>(this ActorSystem system)
        where T : class, IExtension where TI : IExtensionId =>
        system.GetExtension<T>() ?? (T)system.RegisterExtension(Activator.CreateInstance<TI>());
}
