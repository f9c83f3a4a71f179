namespace Akka.Streams.Stage;

/// <summary>The blueprint of a custom operator without a materialized value.</summary>
public abstract class GraphStage<TShape> : GraphStageWithMaterializedValue<TShape, NotUsed> where TShape : Shape
{
    protected GraphStage()
    {
    }

    /// <summary>A new logic, with new state.</summary>
    protected abstract GraphStageLogic CreateLogic(Attributes inheritedAttributes);

    public sealed override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(Attributes inheritedAttributes) =>
        new LogicAndMaterializedValue<NotUsed>(CreateLogic(inheritedAttributes), NotUsed.Instance);
}
