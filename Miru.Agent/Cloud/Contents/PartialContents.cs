using Miru.Agent.Cloud.Api;

namespace Miru.Agent.Cloud.Contents;

/// <summary>Beginnings of contents that broke off, kept in memory for the next attempt; never more of them than downloads may run.</summary>
/// <param name="most">How many.</param>
internal sealed class PartialContents(int most)
{
    private readonly Dictionary<string, PartialContent> _kept = [];

    public PartialContent? Of(string instanceId) => _kept.GetValueOrDefault(instanceId);

    /// <summary>Remembers it in place of what was kept of it before; null forgets it.</summary>
    public void Keep(string instanceId, PartialContent? partial)
    {
        _kept.Remove(instanceId);
        if (partial is not null && _kept.Count < most)
        {
            _kept.Add(instanceId, partial);
        }
    }

    /// <summary>Forgets what nobody asks for any more.</summary>
    public void KeepOnly(IReadOnlyCollection<string> instanceIds)
    {
        foreach (var unwanted in _kept.Keys.Except(instanceIds).ToList())
        {
            _kept.Remove(unwanted);
        }
    }
}
