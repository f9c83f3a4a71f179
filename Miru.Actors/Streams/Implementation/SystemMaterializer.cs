using System.Runtime.CompilerServices;
using Akka.Actor;

namespace Akka.Streams.Implementation;

/// <summary>The materializer that a whole system shares.</summary>
internal static class SystemMaterializer
{
    private static readonly ConditionalWeakTable<ActorSystem, ActorMaterializer> Shared = [];

    public static ActorMaterializer Of(ActorSystem system)
    {
        lock (Shared)
        {
            return Shared.GetValue(system, static key => ActorMaterializer.Create(key));
        }
    }
}
