using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Maps each element.</summary>
internal sealed class Select<TIn, TOut>(Func<TIn, TOut> mapper) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, mapper);

    private sealed class Logic(FlowShape<TIn, TOut> shape, Func<TIn, TOut> mapper) : FlowLogic<TIn, TOut>(shape)
    {
        public override void OnPush()
        {
            TOut result;
            try
            {
                result = mapper(Grab());
            }
            catch (Exception cause) when (Drops(cause))
            {
                TryPull(In);
                return;
            }

            Push(result);
        }
    }
}
