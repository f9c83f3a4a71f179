using Akka.Actor;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

/// <summary>What an interpreter needs of whoever runs it.</summary>
internal interface IStreamHost
{
    ActorMaterializerImpl Materializer { get; }

    /// <summary>Materializes into the running stream: substreams of a stage.</summary>
    IMaterializer SubFusingMaterializer { get; }

    /// <summary>The actor that runs the stream; only known, and only to be used, on its thread.</summary>
    StreamActor Actor { get; }

    /// <summary>A reference whose messages are handed to a stage; to be stopped with it. Only on the stream's thread.</summary>
    StageReference CreateStageActor(string name, Action<(IActorRef, object)> receive);

    /// <summary>Time since an arbitrary start, as the system's scheduler counts it.</summary>
    TimeSpan Now { get; }

    /// <summary>Brings an input to the stream from any thread.</summary>
    void Post(AsyncInput input);

    /// <summary>Delivers the input after a delay.</summary>
    ICancelable Schedule(TimeSpan delay, AsyncInput input);

    /// <summary>The handler of a stage threw.</summary>
    void ReportStageFailure(GraphStageLogic logic, Exception cause);
}
