namespace Miru.Agent.Cloud.Provisioning;

/// <summary>Where the one-time token comes from: the environment or standard input, never the command line, where every user of the computer could read it.</summary>
internal static class ProvisioningToken
{
    public const string Variable = "MIRU_PROVISIONING_TOKEN";

    private const int Longest = 8 * 1024;

    /// <summary>The token, or null if there is none.</summary>
    /// <param name="environment">Looks a variable up.</param>
    /// <param name="input">Standard input if something is piped into it, else null.</param>
    public static async Task<string?> ReadAsync(Func<string, string?> environment, TextReader? input, CancellationToken cancellation)
    {
        if (Usable(environment(Variable)) is { } fromEnvironment)
        {
            return fromEnvironment;
        }

        if (input is null)
        {
            return null;
        }

        var buffer = new char[Longest];
        var read = await input.ReadBlockAsync(buffer, cancellation).ConfigureAwait(false);
        return Usable(new string(buffer, 0, read));
    }

    /// <summary>What can stand in a header: one word of visible ASCII.</summary>
    private static string? Usable(string? text) => text?.Trim() is { Length: > 0 and < Longest } token && token.All(c => c is > ' ' and <= '~') ? token : null;
}
