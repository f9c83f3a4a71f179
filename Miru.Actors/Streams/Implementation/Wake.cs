using Akka.Actor;

namespace Akka.Streams.Implementation;

/// <summary>Tells a stream's actor that there is something to do.</summary>
internal sealed class Wake : INoSerializationVerificationNeeded
{
    public static readonly Wake Instance = new();

    private Wake()
    {
    }
}
