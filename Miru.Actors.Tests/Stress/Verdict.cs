using Akka.Actor;

namespace Miru.Actors.Tests.Stress;

/// <summary>A failure that brings the decision of the supervisor with it.</summary>
internal sealed class Verdict(Directive directive) : Exception
{
    public Directive Directive { get; } = directive;
}
