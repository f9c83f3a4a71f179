using Miru.Agent.Settings;

namespace Miru.Agent.Cloud;

/// <summary>How the agent talks to the control plane. Sizes in bytes.</summary>
/// <param name="Url">Base address of the agent API, without a trailing slash.</param>
/// <param name="PollJitter">Share of the poll interval by which a poll may come earlier or later, 0 to 0.5.</param>
/// <param name="PushWait">How long the server may hold a poll; zero asks for no push.</param>
/// <param name="RequestTimeout">Deadline of one request with its whole answer.</param>
/// <param name="TokenRefreshLead">The device token is renewed this long before it expires.</param>
/// <param name="CaFile">PEM file of the only authorities to trust; "" trusts the system's.</param>
/// <param name="StateDirectory">Holds the device's identity, key and token.</param>
internal sealed record CloudSettings(
    Uri Url,
    TimeSpan PollInterval,
    double PollJitter,
    TimeSpan PushWait,
    TimeSpan ConnectTimeout,
    TimeSpan RequestTimeout,
    int MaxListSize,
    int MaxConfigSize,
    int ParallelDownloads,
    TimeSpan BackoffMin,
    TimeSpan BackoffMax,
    TimeSpan TokenRefreshLead,
    string CaFile,
    string StateDirectory)
{
    private static readonly TimeSpan Blink = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static CloudSettings Read(SettingsReader settings)
    {
        var read = new CloudSettings(
            ReadUrl(settings),
            settings.Duration("cloud.poll-interval", Blink, Day),
            settings.Fraction("cloud.poll-jitter", 0, 0.5),
            settings.Duration("cloud.push-wait", TimeSpan.Zero, 10 * Minute),
            settings.Duration("cloud.connect-timeout", Blink, Minute),
            settings.Duration("cloud.request-timeout", Second, 10 * Minute),
            settings.Size("cloud.max-list-size", 64 * 1024, 64 * 1024 * 1024),
            settings.Size("configs.max-config-size", 1024, Configs.StoreSettings.LargestConfig),
            settings.Whole("cloud.parallel-downloads", 1, 16),
            settings.Duration("cloud.backoff.min", Blink, Minute),
            settings.Duration("cloud.backoff.max", Second, Day),
            settings.Duration("cloud.token-refresh-lead", 10 * Second, Day),
            settings.Text("cloud.ca-file"),
            settings.AbsolutePath("state-directory"));
        if (read.BackoffMin > read.BackoffMax)
        {
            settings.Refuse("cloud.backoff.min", "is longer than cloud.backoff.max", "expected min to be at most max");
        }

        return read;
    }

    /// <summary>A token sent in the clear would be everybody's token, so plain http reaches this computer only.</summary>
    private static Uri ReadUrl(SettingsReader settings)
    {
        var text = settings.Text("cloud.url");
        var wellFormed = Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0;
        if (!wellFormed || (url!.Scheme == Uri.UriSchemeHttp && !url.IsLoopback))
        {
            settings.Refuse(
                "cloud.url",
                wellFormed ? $"'{text}' is plain http to another computer" : $"'{text}' is not the address of a web API",
                "expected https://host/path; plain http works with localhost, 127.0.0.1 and [::1] only");
            return new Uri("https://invalid.invalid");
        }

        return url;
    }
}
