namespace Miru.Cloud.Hosting;

/// <summary>The server could not start, in words for whoever started it.</summary>
internal sealed class CloudStartException(string message, Exception? cause = null) : IOException(message, cause);
