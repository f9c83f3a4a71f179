using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

/// <summary>Passes the elements that satisfy a predicate.</summary>
internal sealed class Where<T>(Predicate<T> predicate) : FlowStage<T, T>
{
    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) => new Logic(Shape, predicate);

    private sealed class Logic(FlowShape<T, T> shape, Predicate<T> predicate) : FlowLogic<T, T>(shape)
    {
        public override void OnPush()
        {
            var element = Grab();
            bool passes;
            try
            {
                passes = predicate(element);
            }
            catch (Exception cause) when (Drops(cause))
            {
                passes = false;
            }

            if (passes)
            {
                Push(element);
            }
            else
            {
                Pull();
            }
        }
    }
}
