using System.Text;

namespace Miru.Agent.Deployments;

/// <summary>Names the configs of a deployment. The REST contract has no names that applications could use, so this makes them.</summary>
internal static class Slugs
{
    /// <summary>
    /// One slug per config, in the order given: the type's name lower-cased with every run of other characters than a-z and 0-9 as one
    /// <c>-</c>. Of several configs with the same slug the one whose file stem equals it keeps it; the others become <c>slug@file-stem</c>.
    /// </summary>
    /// <param name="clash">The slug that two configs would share all the same, or null; then the result must not be used.</param>
    public static IReadOnlyList<string> Assign(IReadOnlyList<DeploymentConfig> configs, out string? clash)
    {
        var plain = configs.Select(config => Of(config.ConfigTypeName)).ToList();
        var shared = plain.GroupBy(slug => slug).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet();
        var slugs = new List<string>(configs.Count);
        for (var i = 0; i < configs.Count; i++)
        {
            var stem = Path.GetFileNameWithoutExtension(configs[i].FilePath);
            slugs.Add(shared.Contains(plain[i]) && stem != plain[i] ? $"{plain[i]}@{stem}" : plain[i]);
        }

        clash = slugs.GroupBy(slug => slug).FirstOrDefault(group => group.Count() > 1)?.Key;
        return slugs;
    }

    /// <summary>The slug of a type's name on its own: <c>Motion Control</c> is <c>motion-control</c>.</summary>
    public static string Of(string configTypeName)
    {
        var slug = new StringBuilder(configTypeName.Length);
        foreach (var character in configTypeName.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character))
            {
                slug.Append(character);
            }
            else if (slug.Length == 0 || slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString();
    }
}
