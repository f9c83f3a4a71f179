using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A theory that becomes another user, which only root may: skipped for everybody else, with the reason.</summary>
internal sealed class RootTheoryAttribute : TheoryAttribute
{
    public RootTheoryAttribute() => Skip = Requirements.MissingForOtherUsers;
}
