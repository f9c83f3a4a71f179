namespace Miru.Agent.Tests.Doubles;

/// <summary>What some tests need of their machine; each says what is missing, or <c>null</c>.</summary>
internal static class Requirements
{
    public static string? MissingForOtherUsers { get; } =
        Environment.UserName != "root" ? "becoming another user takes root" : Missing("setpriv") ?? Missing("perl");

    public static string? Missing(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)))
            ? null
            : $"this machine has no {program}";
}
