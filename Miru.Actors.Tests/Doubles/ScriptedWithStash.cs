using Akka.Actor;

namespace Miru.Actors.Tests.Doubles;

/// <summary>A scripted actor that can put messages aside.</summary>
public sealed class ScriptedWithStash(Action<ScriptedWithStash> script) : Scripted(self => script((ScriptedWithStash)self)), IWithUnboundedStash
{
    public IStash Stash { get; set; }
}
