namespace Akka.Streams.Implementation;

/// <summary>From a graph to how it is built, whoever wrote the graph.</summary>
internal static class GraphLayouts
{
    /// <exception cref="NotSupportedException">The graph shows a module that was not taken from another graph.</exception>
    public static Layout GetLayout<TShape>(this IGraph<TShape> graph) where TShape : Shape =>
        graph is ILaidOut own ? own.Layout : Of(graph.Module);

    /// <inheritdoc cref="GetLayout"/>
    public static Layout Of(IModule module) => module is GraphModule known
        ? known.Layout
        : throw new NotSupportedException($"Cannot build a {module?.GetType().Name ?? "graph without a module"}: a module comes from a graph's Module property.");
}
