namespace Akka.Streams.Stage;

/// <summary>One running instance of a stage, with the value that its materialization yields.</summary>
public interface ILogicAndMaterializedValue<TMaterialized>
{
    GraphStageLogic Logic { get; }

    TMaterialized MaterializedValue { get; }
}
