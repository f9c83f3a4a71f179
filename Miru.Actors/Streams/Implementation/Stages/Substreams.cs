using Akka.Streams.Dsl;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>How stages run sources of their own.</summary>
internal static class Substreams
{
    /// <summary>Runs the source into an inlet of the running stage.</summary>
    public static TMat Run<T, TMat>(IGraph<SourceShape<T>, TMat> source, GraphStageLogic.SubSinkInlet<T> into, IMaterializer materializer) =>
        Source.FromGraph(source).To(into.Sink).Run(materializer);
}
