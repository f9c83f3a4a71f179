using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>A leaf: one stage.</summary>
internal sealed class StageLayout<TShape, TMat>(GraphStageWithMaterializedValue<TShape, TMat> stage) : Layout
    where TShape : Shape
{
    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited)
    {
        Shape shape = stage.Shape;
        var (inlets, outlets) = (shape.Inlets, shape.Outlets);

        // The same numbers at every materialization: two threads that write them at once write the same.
        for (var i = 0; i < inlets.Length; i++)
        {
            inlets[i].Id = i;
        }

        for (var i = 0; i < outlets.Length; i++)
        {
            outlets[i].Id = i;
        }

        var attributes = inherited.And(stage.OwnAttributes);
        var made = stage.CreateLogicAndMaterializedValue(attributes);
        var logic = made.Logic;
        assembly.Add(logic, attributes);
        return new BuiltLayout(
            made.MaterializedValue,
            [.. inlets.Select(inlet => new InEnd(logic, inlet))],
            [.. outlets.Select(outlet => new OutEnd(logic, outlet))]);
    }
}
