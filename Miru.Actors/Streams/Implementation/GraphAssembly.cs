using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>Collects the stages and connections of one materialization.</summary>
internal sealed class GraphAssembly(GraphInterpreter interpreter)
{
    public List<GraphStageLogic> Logics { get; } = [];

    public GraphInterpreter Interpreter { get; } = interpreter;

    public void Add(GraphStageLogic logic, Attributes attributes)
    {
        logic.Interpreter = Interpreter;
        logic.Attributes = attributes;
        Logics.Add(logic);
    }

    public void Connect(OutEnd from, InEnd to)
    {
        var connection = to.Inlet.ConnectFrom(from.Outlet);
        Interpreter.ReserveConnection();
        connection.Outlet = from.Outlet;
        connection.Inlet = to.Inlet;
        from.Owner.Attach(from.Outlet, connection);
        to.Owner.Attach(to.Inlet, connection);
    }
}
