using System.Text.Json.Serialization;

namespace Miru.Cloud.Http;

/// <summary>The contract's <c>PaginatedList</c> with its <c>data</c>.</summary>
internal sealed record PageResource<T>(
    int Limit,
    int Offset,
    bool HasMore,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? TotalCount,
    IReadOnlyList<T> Data)
{
    public string Object => "list";

    /// <summary>Makes a page from rows that were read with one more than the limit, to know whether more follow.</summary>
    public static PageResource<T> From(Paging paging, IReadOnlyList<T> oneMore, long? totalCount = null)
    {
        var hasMore = oneMore.Count > paging.Limit;
        return new(paging.Limit, paging.Offset, hasMore, totalCount, hasMore ? oneMore.Take(paging.Limit).ToList() : oneMore);
    }
}
