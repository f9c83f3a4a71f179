using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Passes elements through.</summary>
internal sealed class Identity<T> : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape);

    private sealed class Logic(FlowShape<T, T> shape) : FlowLogic<T, T>(shape)
    {
        public override void OnPush() => Push(Grab());
    }
}

/// <summary>The empty flow: it becomes a stage only if nothing is attached to it.</summary>
internal sealed class IdentityLayout<T> : Layout, IIdentityLayout
{
    public override BuiltLayout Build(GraphAssembly assembly, Attributes inherited) =>
        new StageLayout<FlowShape<T, T>, NotUsed>(new Identity<T>()).Build(assembly, inherited);
}
