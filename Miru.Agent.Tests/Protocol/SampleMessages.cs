using Miru.Protocol;

namespace Miru.Agent.Tests.Protocol;

/// <summary>The message of each golden file in <c>Vectors/</c>.</summary>
internal static class SampleMessages
{
    private const string Zeros = "sha256:5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f";
    private const string MotionDigest = "sha256:9e8561bf56638b0fa1dcf7ccfe2da7a5b432890b22ec48f32d8d8b5ae7072fff";
    private const string MotionPath = "/srv/miru/motion-control.json";

    private static readonly Cursor Head = new("e-1", 41);
    private static readonly byte[] Motion = "{\"max_speed\":1.5}\n"u8.ToArray();

    public static IReadOnlyDictionary<string, (Message Message, uint Correlation)> All { get; } =
        new Dictionary<string, (Message, uint)>
        {
            ["hello"] = (new Hello([1], [], "navigation", "dotnet/0.1.0"), 1),
            ["get"] = (new Get("motion-control"), 2),
            ["list"] = (new List(), 3),
            ["watch-slugs"] = (new Watch(["motion-control", "größe"], false, null), 4),
            ["watch-all-after"] = (Watch.Everything(Head), 5),
            ["unwatch"] = (new Unwatch(["nav2"], false), 6),
            ["demand"] = (new Demand(65_535), 0),
            ["sync"] = (new Miru.Protocol.Sync(), 7),
            ["get-status"] = (new GetStatus(), 8),
            ["ping"] = (new Ping(), uint.MaxValue),
            ["ping-unasked"] = (new Ping(), 0),
            ["welcome"] = (new Welcome(
                1, [], "miru-agent/0.1.0", "dvc_1", Head, 65_536, 32, 64, TimeSpan.FromSeconds(5)), 1),
            ["config"] = (new ConfigMessage(
                "motion-control", 41, MotionDigest, "dpl_1", "v1.0.0", "json", MotionPath, 0, Motion), 2),
            ["config-superseding"] = (new ConfigMessage(
                "blob", 9_007_199_254_740_993, Zeros, "dpl_1", "v1.0.0", "bin", null, 3, new byte[] { 0, 255, 128, 10 }), 5),
            ["listed"] = (new Listed(Head, [
                new("motion-control", 41, MotionDigest, "dpl_1", "v1.0.0", "json", MotionPath, Motion.Length),
                new("nav2", 7, Zeros, "dpl_1", "v1.0.0", "yaml", null, 2048)]), 3),
            ["watching-full"] = (new Watching(Head, true, ["motion-control", "nav2"]), 4),
            ["watching-resumed"] = (new Watching(Head, false, []), 5),
            ["removed"] = (new Removed("nav2", 42, 0), 5),
            ["status"] = (new StatusMessage("{\"agent\":\"ready\"}"u8.ToArray()), 8),
            ["done"] = (new Done(), 7),
            ["heartbeat"] = (new Heartbeat(Head), 0),
            ["goodbye"] = (new Goodbye(TimeSpan.FromMilliseconds(500)), 0),
            ["error"] = (new ErrorMessage(ErrorCodes.ConfigNotFound, "no config is named 'gripper'", null, false), 2),
            ["error-violation"] = (ErrorMessage.For(
                new Violation(Clauses.Frame2, "a length of 7 is outside 8 to 65536")), 0),
            ["pong"] = (new Pong(), uint.MaxValue),
            ["synced"] = (new Synced(42), 5),
        };
}
