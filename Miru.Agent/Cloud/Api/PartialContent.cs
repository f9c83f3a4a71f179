namespace Miru.Agent.Cloud.Api;

/// <summary>The beginning of a config whose transfer broke off, and the strong tag that says which bytes the rest belongs to.</summary>
internal sealed record PartialContent(string Tag, byte[] Bytes)
{
    /// <summary>A step below this is no progress: a server that drips is not followed for ever.</summary>
    private const int Step = 16 * 1024;

    /// <summary>Whether another attempt is worth making at once.</summary>
    public bool IsProgressOver(PartialContent? before) => Bytes.Length - (before?.Tag == Tag ? before.Bytes.Length : 0) >= Step;
}
