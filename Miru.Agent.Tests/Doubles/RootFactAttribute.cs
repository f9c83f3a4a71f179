using Xunit;

namespace Miru.Agent.Tests.Doubles;

/// <summary>A test that becomes another user, which only root may: skipped for everybody else, with the reason.</summary>
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = Requirements.MissingForOtherUsers;
}
