namespace Akka.Streams;

/// <summary>Where in which stream something is materialized.</summary>
public struct MaterializationContext
{
    public readonly IMaterializer Materializer;
    public readonly Attributes EffectiveAttributes;
    public readonly string StageName;

    public MaterializationContext(IMaterializer materializer, Attributes effectiveAttributes, string stageName) =>
        (Materializer, EffectiveAttributes, StageName) = (materializer, effectiveAttributes, stageName);
}
