using Miru.Cloud.Http;

namespace Miru.Cloud.Deployments;

/// <summary>The contract's <c>expand</c> on deployments: repeated parameters, comma lists, or both.</summary>
internal readonly record struct Expansions(bool Release, bool ConfigInstances, bool TotalCount)
{
    /// <exception cref="ApiException">400, if something else is asked for.</exception>
    public static Expansions Parse(IQueryCollection query, bool list)
    {
        var expand = default(Expansions);
        foreach (var name in QueryList.Parse(query, "expand"))
        {
            expand = name switch
            {
                // Agents in the field ask for the commit too; a release of this server has none.
                "release" or "release.git_commit" => expand with { Release = true },
                "config_instances" => expand with { ConfigInstances = true },
                "total_count" when list => expand with { TotalCount = true },
                _ => throw ApiErrors.Invalid("expand", $"'{name}' cannot be expanded here; release, config_instances{(list ? " and total_count" : "")} can."),
            };
        }

        return expand;
    }
}
