namespace Miru.Cloud.Http;

/// <summary>The contract's <c>offset</c> and <c>limit</c>.</summary>
internal readonly record struct Paging(int Offset, int Limit)
{
    public const int DefaultLimit = 10;
    public const int MaxLimit = 100;

    public static Paging Parse(IQueryCollection query) => new(
        Number(query, "offset", fallback: 0, min: 0, max: int.MaxValue),
        Number(query, "limit", DefaultLimit, min: 1, MaxLimit));

    private static int Number(IQueryCollection query, string name, int fallback, int min, int max)
    {
        var given = query[name];
        if (given.Count == 0)
        {
            return fallback;
        }

        return given.Count == 1 && int.TryParse(given[0], out var value) && value >= min && value <= max
            ? value
            : throw ApiErrors.Invalid(name, max == int.MaxValue ? $"'{name}' must be a whole number from {min}." : $"'{name}' must be a whole number from {min} to {max}.");
    }
}
