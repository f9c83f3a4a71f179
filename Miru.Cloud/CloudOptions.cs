using Microsoft.Extensions.Logging.Abstractions;

namespace Miru.Cloud;

/// <summary>What <see cref="CloudServer.StartAsync"/> needs to know. Only the data directory has no default.</summary>
public sealed record CloudOptions
{
    /// <summary>The directory that holds everything the server keeps. Created with mode 0700 if it is absent. One server at a time.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where to listen, plain HTTP; several addresses are separated by <c>;</c>. Port 0 takes a free port.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:8080";

    /// <summary>
    /// The keys that the admin API takes, one for each admin. They replace every key the data directory knew. If this is null the known keys stay
    /// valid; if there is none, one is made and written to <c>admin.key</c> in the data directory.
    /// </summary>
    public IReadOnlyCollection<string>? AdminKeys { get; init; }

    /// <summary>How long an issued device token lives. From one second to 24 hours; one hour unless set.</summary>
    public TimeSpan DeviceTokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often devices that cannot wait for news are asked to poll, in whole seconds from 1 to 86,400. Left to them unless set.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>The clock behind every expiry, time stamp and wait.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the server logs. Nowhere unless set: an embedding program owns its own output.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
