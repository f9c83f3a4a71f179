using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Values by key, in the order in which they were first written.</summary>
public class HoconObject : IHoconElement
{
    /// <summary>The values by key.</summary>
    public Dictionary<string, HoconValue> Items { get; } = [];

    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public HoconValue GetKey(string key) => Items.GetValueOrDefault(key);

    /// <summary>The value of <paramref name="key"/>, made empty if it was not there.</summary>
    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value)) Items.Add(key, value = new HoconValue());
        return value;
    }

    /// <summary>Adds what <paramref name="other"/> has and this object lacks; objects on both sides merge the same way.</summary>
    public void Merge(HoconObject other)
    {
        foreach (var (key, value) in other.Items)
        {
            if (!Items.TryGetValue(key, out var own)) Items.Add(key, value);
            else if (own.IsObject() && value.IsObject()) Items[key] = Wrap(own.GetObject().Over(value.GetObject()));
        }
    }

    /// <summary>A new object with all of this one, completed by <paramref name="lower"/>; neither changes.</summary>
    internal HoconObject Over(HoconObject lower)
    {
        var merged = new HoconObject();
        foreach (var (key, value) in Items) merged.Items.Add(key, value);
        if (lower is not null) merged.Merge(lower);
        return merged;
    }

    /// <inheritdoc />
    public bool IsString() => false;

    /// <inheritdoc />
    /// <exception cref="NotImplementedException">An object is no text.</exception>
    public string GetString() => throw new NotImplementedException("This element is an object and not a string.");

    /// <inheritdoc />
    public bool IsArray() => false;

    /// <inheritdoc />
    /// <exception cref="NotImplementedException">An object has no items.</exception>
    public IList<HoconValue> GetArray() => throw new NotImplementedException("This element is an object and not an array.");

    /// <inheritdoc />
    public override string ToString() => ToString(0);

    /// <summary>The object as HOCON, <paramref name="indent"/> levels deep.</summary>
    public string ToString(int indent)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in Items)
            text.Append(' ', indent * 2).Append(HoconText.Quote(key, inKey: true)).Append(" : ").Append(value.ToString(indent)).Append('\n');
        return text.ToString();
    }

    private static HoconValue Wrap(HoconObject inner)
    {
        var value = new HoconValue();
        value.AppendValue(inner);
        return value;
    }
}
