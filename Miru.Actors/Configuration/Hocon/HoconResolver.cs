namespace Akka.Configuration.Hocon;

/// <summary>Gives every reference its target, refuses references that lead in a circle, and drops keys whose optional target is missing.</summary>
internal static class HoconResolver
{
    /// <summary>Resolves <paramref name="substitutions"/>, which stand somewhere in <paramref name="root"/>.</summary>
    /// <exception cref="ConfigurationException">A target is missing, or leads back to its own reference.</exception>
    public static void Resolve(HoconValue root, IReadOnlyCollection<HoconSubstitution> substitutions)
    {
        if (substitutions.Count == 0) return;

        // A path may lead through an object that is itself a reference: go round until no more can be found.
        var pending = substitutions.ToList();
        while (pending.RemoveAll(substitution => TryResolve(root, substitution)) > 0)
        {
        }
        foreach (var substitution in pending) UseFallback(substitution);
        Prune(root);
    }

    private static bool TryResolve(HoconValue root, HoconSubstitution substitution)
    {
        if (Find(root, substitution.Path) is not { } target) return false;
        substitution.ResolvedValue = target;
        RefuseCircle(substitution, target);
        return true;
    }

    private static HoconValue Find(HoconValue root, string path)
    {
        var node = root;
        foreach (var key in HoconPath.Split(path)) node = node?.GetChildObject(key);
        return node;
    }

    private static void UseFallback(HoconSubstitution substitution)
    {
        // One that came with an included document was resolved there, and that stands.
        substitution.ResolvedValue ??= substitution.Otherwise;
        if (substitution.ResolvedValue is null && !substitution.IsOptional)
            throw substitution.Position.Error($"unresolved substitution: {substitution.Path}");
    }

    private static void RefuseCircle(HoconSubstitution start, HoconValue value)
    {
        foreach (var element in value.Values)
        {
            if (ReferenceEquals(element, start)) throw start.Position.Error($"the substitution {start.Path} leads back to itself.");
            foreach (var inner in Inner(element)) RefuseCircle(start, inner);
        }
    }

    private static IEnumerable<HoconValue> Inner(IHoconElement element) => element switch
    {
        HoconSubstitution { ResolvedValue: { } target } => [target],
        HoconArray items => items,
        HoconObject members => members.Items.Values,
        _ => [],
    };

    private static void Prune(HoconValue value)
    {
        foreach (var element in value.Values)
        {
            if (element is HoconArray items) items.RemoveAll(IsMissing);
            if (element is HoconObject members)
            {
                foreach (var (key, member) in members.Items)
                    if (IsMissing(member)) members.Items.Remove(key);
            }
            if (element is not HoconSubstitution) foreach (var inner in Inner(element)) Prune(inner);
        }
    }

    private static bool IsMissing(HoconValue value) =>
        value.Values.Count > 0 && value.Values.All(element => element is HoconSubstitution { ResolvedValue: null });
}
