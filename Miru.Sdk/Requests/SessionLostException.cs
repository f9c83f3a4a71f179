namespace Miru.Sdk.Requests;

/// <summary>The session ended before the answer came; the request may be asked again over the next one.</summary>
internal sealed class SessionLostException(Exception cause) : Exception("The session ended.", cause);
