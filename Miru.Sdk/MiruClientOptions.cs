using Microsoft.Extensions.Logging;
using Miru.Sdk.Transport;

namespace Miru.Sdk;

/// <summary>How a <see cref="MiruClient"/> finds its agent and how patient it is. Immutable; every default fits a robot.</summary>
public sealed record MiruClientOptions
{
    /// <summary>The environment variable that names the socket for agent and applications alike.</summary>
    public const string SocketPathVariable = "MIRU_AGENT_SOCKET";

    /// <summary>Where the agent listens if nobody says otherwise.</summary>
    public const string DefaultSocketPath = "/run/miru/miru.sock";

    /// <summary>
    /// The agent's Unix socket. Default: <c>MIRU_AGENT_SOCKET</c>, or <c>/run/miru/miru.sock</c>. At most 107 bytes.
    /// </summary>
    public string SocketPath { get; init; } =
        Environment.GetEnvironmentVariable(SocketPathVariable) is { Length: > 0 } path ? path : DefaultSocketPath;

    /// <summary>
    /// The numeric id of the user the agent runs as: the client then refuses every other, root excepted. Null (the
    /// default) trusts root, the application's own user, and the owner of the directory of <see cref="SocketPath"/> if
    /// nobody else could have put that directory there: all directories above it belong to one of these three and only
    /// their owners may write to them. Set it where that cannot be seen, such as in a container whose users are mapped.
    /// Checked on Linux only.
    /// </summary>
    public uint? AgentUserId { get; init; }

    /// <summary>The application's name in the agent's log and status. Default: the program's name.</summary>
    public string ApplicationName { get; init; } = AppDomain.CurrentDomain.FriendlyName;

    /// <summary>
    /// True (the default): connecting waits for the agent and a first snapshot, at most <see cref="ConnectTimeout"/>.
    /// False: connecting returns at once; <see cref="MiruClient.Current"/> is null until the agent has answered, and
    /// watches deliver as soon as it has. A user who may read no config, but sync or see the status, connects so.
    /// </summary>
    public bool WaitForAgent { get; init; } = true;

    /// <summary>How long connecting waits for the first snapshot. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a request may take, reconnecting included, and how long the agent may take to greet. Default 5 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long <see cref="MiruClient.SyncAsync"/> may take. Default 65 s: a little longer than the agent itself waits for the cloud
    /// (<c>link.sync-timeout</c>), so that the agent's answer says what is wrong.
    /// </summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromSeconds(65);

    /// <summary>
    /// The longest pause before the first attempt to reconnect; it doubles with each further one. The pause itself is
    /// random between zero and that (full jitter), so that applications do not return in step. Default 100 ms.
    /// </summary>
    public TimeSpan MinBackoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause between two attempts to reconnect. Default 5 s.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the client logs; null (the default) logs nothing. Contents of configs are never logged.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>How a connection is made; tests hand in their own.</summary>
    internal IConnector? Connector { get; init; }

    /// <summary>Uniform numbers from 0 to below 1, asked for by one thread at a time.</summary>
    internal Func<double> Random { get; init; } = new Random().NextDouble;

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(SocketPath);
        ArgumentException.ThrowIfNullOrWhiteSpace(ApplicationName);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RequestTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SyncTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MinBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBackoff, MinBackoff);
    }
}
