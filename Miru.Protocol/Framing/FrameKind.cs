namespace Miru.Protocol;

/// <summary>
/// What a frame is. Values below 64 travel from the application to the agent, values from 65 the other way.
/// Numbers are never reused or renumbered (clause frame-4).
/// </summary>
public enum FrameKind : byte
{
    /// <summary>Application: who I am and which protocol versions I speak. The first frame of a connection.</summary>
    Hello = 1,

    /// <summary>Application: send me one config by its slug.</summary>
    Get = 2,

    /// <summary>Application: name every config, without contents.</summary>
    List = 3,

    /// <summary>Application: send me these configs now and whenever they change.</summary>
    Watch = 4,

    /// <summary>Application: stop sending me these configs.</summary>
    Unwatch = 5,

    /// <summary>Application: this many more pushed frames may come.</summary>
    Demand = 6,

    /// <summary>Application: accept or reject. Reserved for the apply transaction.</summary>
    Verdict = 7,

    /// <summary>Application: I run this digest, or failed to. Reserved for the apply transaction.</summary>
    Applied = 8,

    /// <summary>Application: do not apply while I hold this. Reserved for the apply transaction.</summary>
    Hold = 9,

    /// <summary>Application: ends a hold. Reserved for the apply transaction.</summary>
    Release = 10,

    /// <summary>Application: ask the cloud now instead of at the next interval.</summary>
    Sync = 11,

    /// <summary>Application: how are agent, cloud and deployment?</summary>
    GetStatus = 12,

    /// <summary>Application: are you there?</summary>
    Ping = 13,

    /// <summary>Agent: chosen version, device, head and limits. Answers <see cref="Hello"/>.</summary>
    Welcome = 65,

    /// <summary>Agent: a config, either the answer to <see cref="Get"/> or pushed to a watcher.</summary>
    Config = 66,

    /// <summary>Agent: answers <see cref="List"/>.</summary>
    Listed = 67,

    /// <summary>Agent: answers <see cref="Watch"/>; the snapshot, or what changed since the cursor, follows.</summary>
    Watching = 68,

    /// <summary>Agent: a watched config ceased to exist.</summary>
    Removed = 69,

    /// <summary>Agent: would you accept this config? Reserved for the apply transaction.</summary>
    Validate = 70,

    /// <summary>Agent: answers <see cref="GetStatus"/>.</summary>
    Status = 71,

    /// <summary>Agent: an empty, successful answer.</summary>
    Done = 72,

    /// <summary>Agent: I am alive, and this is the newest sequence.</summary>
    Heartbeat = 73,

    /// <summary>Agent: I am about to stop; come back after the hint.</summary>
    Goodbye = 74,

    /// <summary>Agent: a request failed, or the connection broke a clause.</summary>
    Error = 75,

    /// <summary>Agent: answers <see cref="Ping"/>.</summary>
    Pong = 76,

    /// <summary>Agent: everything up to this sequence has been sent.</summary>
    Synced = 77,
}
