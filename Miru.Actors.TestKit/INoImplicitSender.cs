namespace Akka.TestKit;

/// <summary>Marks a test kit whose plain <c>Tell(message)</c> has no sender; otherwise it is the test actor.</summary>
public interface INoImplicitSender
{
}
