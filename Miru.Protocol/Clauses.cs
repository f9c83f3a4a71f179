namespace Miru.Protocol;

/// <summary>Ids of the clauses of <c>docs/protocol.md</c> whose violation one side can report to the other.</summary>
public static class Clauses
{
    /// <summary>The length field and its bounds.</summary>
    public const string Frame2 = "frame-2";

    /// <summary>Header and body: JSON, members and their types.</summary>
    public const string Frame3 = "frame-3";

    /// <summary>Known and unknown kinds.</summary>
    public const string Frame4 = "frame-4";

    /// <summary>A begun frame is finished in time; the kind fits the state.</summary>
    public const string Frame5 = "frame-5";

    /// <summary>Correlation.</summary>
    public const string Frame6 = "frame-6";

    /// <summary>HELLO comes first and in time.</summary>
    public const string Hello1 = "hello-1";

    /// <summary>A common protocol version.</summary>
    public const string Hello2 = "hello-2";

    /// <summary>Who the peer is, and what that allows.</summary>
    public const string Hello3 = "hello-3";

    /// <summary>Sequences, cursors and what may be published.</summary>
    public const string Watch4 = "watch-4";

    /// <summary>Demand and its bounds.</summary>
    public const string Demand1 = "demand-1";

    /// <summary>Heartbeats and silence.</summary>
    public const string Beat1 = "beat-1";

    /// <summary>A peer that accepts nothing.</summary>
    public const string Stall1 = "stall-1";

    /// <summary>How many connections.</summary>
    public const string Limit1 = "limit-1";

    /// <summary>The first byte decides between frames and HTTP.</summary>
    public const string Http1 = "http-1";
}
