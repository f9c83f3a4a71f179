namespace Miru.Cloud.Http;

/// <summary>Query parameters that are lists: comma lists as the contract writes them, repeated parameters, and the pipes that agents in the field use.</summary>
internal static class QueryList
{
    public static IReadOnlyList<string> Parse(IQueryCollection query, string name) => query[name]
        .SelectMany(value => (value ?? "").Split([',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .Distinct()
        .ToList();
}
