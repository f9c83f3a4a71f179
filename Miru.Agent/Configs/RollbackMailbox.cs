using Miru.Agent.Deployments.Files;
using Newtonsoft.Json;

namespace Miru.Agent.Configs;

/// <summary>
/// How <c>miru-agent rollback</c> reaches the running agent: one request file and one answer file in the state directory, and a signal to
/// look. Only root and the agent's user may write there, so the kernel decides who may roll back; nothing listens for it, and a request
/// outlives a crash of either side.
/// </summary>
internal sealed class RollbackMailbox(string directory)
{
    /// <summary>A request holds an id and a name.</summary>
    private const int LargestFile = 4096;

    /// <summary>Root may write for the agent's user and the other way round; nobody else can look into the directory.</summary>
    private const UnixFileMode ReadableByBoth = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private string RequestPath => Path.Combine(directory, "rollback.request");

    private string AnswerPath => Path.Combine(directory, "rollback.answer");

    /// <summary>Leaves a request; one that was not taken yet is replaced.</summary>
    public void Post(RollbackRequest request) => Write(RequestPath, request);

    /// <summary>The request that waits, or null.</summary>
    public RollbackRequest? Peek() => Read<RollbackRequest>(RequestPath);

    /// <summary>
    /// Answers the request and takes it away, as far as the disk allows: who asked sees in the list what became of it, and the store knows a
    /// request that was carried out when it is found again.
    /// </summary>
    public void Answer(RollbackRequest request, RollbackResult result)
    {
        Attempt(() => Write(AnswerPath, new Reply(request.Id, result)));
        Attempt(() => File.Delete(RequestPath));
    }

    /// <summary>The answer to a request, once it is here.</summary>
    public RollbackResult? AnswerTo(string requestId) => Read<Reply>(AnswerPath) is { } reply && reply.RequestId == requestId ? reply.Result : null;

    private static void Attempt(Action change)
    {
        try
        {
            change();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Write(string path, object content) => WholeFile.Write(path, JsonConvert.SerializeObject(content), ReadableByBoth);

    private static T? Read<T>(string path)
        where T : class
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= LargestFile } ? JsonConvert.DeserializeObject<T>(File.ReadAllText(path)) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private sealed record Reply(string RequestId, RollbackResult Result);
}
