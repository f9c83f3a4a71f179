using System.Globalization;

namespace Miru.Cloud.Hosting;

/// <summary>What the program was told. Takes <c>--name value</c> and <c>--name=value</c>.</summary>
internal sealed record CommandLine(string Urls, string DataDirectory, string? AdminKeyFile, TimeSpan? PollInterval = null)
{
    public const string Usage = """
        Usage: dotnet Miru.Cloud.dll --data DIR [--urls URL] [--admin-key-file FILE] [--poll-interval SECONDS]

          --data DIR             the directory that holds everything the server keeps; created if absent
          --urls URL             where to listen, http://HOST:PORT, several separated by ';' (default http://127.0.0.1:8080)
          --admin-key-file FILE  a file with the keys that the admin API takes, one a line, of at least 16 characters each;
                                 without it one is made at the first start and written to DIR/admin.key
          --poll-interval SECONDS  how often devices that cannot wait for news are asked to poll, 1 to 86400
        """;

    private const int MinKeyLength = 16;
    private const long MaxKeyFileBytes = 4096;

    /// <exception cref="UsageException">Something is unknown, missing or given twice.</exception>
    public static CommandLine Parse(IReadOnlyList<string> args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var n, var v] ? (n, v) : (args[i], null);
            if (name is not ("--urls" or "--data" or "--admin-key-file" or "--poll-interval"))
            {
                throw new UsageException($"Unknown option '{name}'.");
            }

            value ??= ++i < args.Count ? args[i] : throw new UsageException($"{name} needs a value.");
            if (value.Length == 0 || !given.TryAdd(name, value))
            {
                throw new UsageException(value.Length == 0 ? $"{name} needs a value." : $"{name} stands twice.");
            }
        }

        return new CommandLine(
            given.GetValueOrDefault("--urls", "http://127.0.0.1:8080"),
            given.GetValueOrDefault("--data") ?? throw new UsageException("--data is missing."),
            given.GetValueOrDefault("--admin-key-file"),
            given.TryGetValue("--poll-interval", out var interval) ? Seconds(interval) : null);
    }

    private static TimeSpan Seconds(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException("--poll-interval takes whole seconds from 1 to 86400.");

    /// <exception cref="CloudStartException">The key file cannot be read or holds something else than keys.</exception>
    public IReadOnlyList<string>? ReadAdminKeys()
    {
        if (AdminKeyFile is null)
        {
            return null;
        }

        try
        {
            var text = new FileInfo(AdminKeyFile).Length <= MaxKeyFileBytes ? File.ReadAllText(AdminKeyFile) : "";
            var keys = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return keys.Length > 0 && Array.TrueForAll(keys, key => key.Length >= MinKeyLength && !key.Any(char.IsWhiteSpace))
                ? keys
                : throw new CloudStartException($"{AdminKeyFile} must hold keys of at least {MinKeyLength} characters without spaces, one a line.");
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not CloudStartException))
        {
            throw new CloudStartException($"Cannot read the admin key: {failure.Message}", failure);
        }
    }
}
