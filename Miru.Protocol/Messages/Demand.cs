using Newtonsoft.Json;

namespace Miru.Protocol;

/// <summary>This many more pushed CONFIG and REMOVED frames may come (clause demand-1).</summary>
/// <param name="Count">1 to 65,535.</param>
public sealed record Demand(int Count) : Message
{
    /// <inheritdoc/>
    public override FrameKind Kind => FrameKind.Demand;

    internal override void WriteHeader(JsonWriter json) => json.WriteMember("count", Count);

    internal static Demand Read(JsonMembers header)
    {
        var count = header.Natural("count");
        return count is >= 1 and <= ProtocolLimits.MaxDemand
            ? new((int)count)
            : throw new ViolationException(Clauses.Demand1, $"a demand of {count} is outside 1 to {ProtocolLimits.MaxDemand}");
    }
}
