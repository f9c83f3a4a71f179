using Microsoft.Net.Http.Headers;

namespace Miru.Cloud.Http;

/// <summary>What a request says it knows already.</summary>
internal static class Preconditions
{
    /// <summary>Whether <c>If-None-Match</c> holds this tag; compared weakly, as RFC 9110 §13.1.2 asks.</summary>
    public static bool Known(HttpContext context, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
}
