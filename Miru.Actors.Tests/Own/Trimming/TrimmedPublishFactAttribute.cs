using Xunit;

namespace Miru.Actors.Tests.Own.Trimming;

/// <summary>A fact of a trimmed program; skipped, with the reason, where none can be published.</summary>
public sealed class TrimmedPublishFactAttribute : FactAttribute
{
    public TrimmedPublishFactAttribute() => Skip = TrimmedPublish.Obstacle;
}
