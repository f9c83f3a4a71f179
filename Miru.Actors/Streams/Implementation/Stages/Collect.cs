using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Maps the elements for which the function is defined and drops the others.</summary>
internal sealed class Collect<TIn, TOut>(Func<TIn, bool> isDefined, Func<TIn, TOut> collector) : FlowStage<TIn, TOut>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, isDefined, collector);

    private sealed class Logic(FlowShape<TIn, TOut> shape, Func<TIn, bool> isDefined, Func<TIn, TOut> collector) : FlowLogic<TIn, TOut>(shape)
    {
        public override void OnPush()
        {
            TOut result;
            try
            {
                var element = Grab();
                if (!isDefined(element))
                {
                    Pull();
                    return;
                }

                result = collector(element);
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
