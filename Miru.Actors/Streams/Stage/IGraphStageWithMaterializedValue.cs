namespace Akka.Streams.Stage;

/// <summary>A stage that makes a new logic, and a value, for each materialization.</summary>
public interface IGraphStageWithMaterializedValue<TShape, TMaterialized> : IGraph<TShape, TMaterialized> where TShape : Shape
{
    ILogicAndMaterializedValue<TMaterialized> CreateLogicAndMaterializedValue(Attributes attributes);
}
