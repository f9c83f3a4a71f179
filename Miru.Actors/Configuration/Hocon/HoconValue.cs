using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// The value of a key: one or more elements side by side. Texts concatenate, arrays concatenate, objects merge with the last one on top;
/// what it is, it decides when asked, since a reference among the elements is known only once the document is complete.
/// </summary>
public class HoconValue : IMightBeAHoconObject
{
    /// <summary>The elements, in the order they were written.</summary>
    public List<IHoconElement> Values { get; } = [];

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => Values.Count == 0 || Values[0] is HoconObject { Items.Count: 0 };

    /// <summary>Adds an element behind the others.</summary>
    public void AppendValue(IHoconElement value) => Values.Add(value);

    /// <summary>Removes all elements.</summary>
    public void Clear() => Values.Clear();

    /// <summary>Makes <paramref name="value"/> the only element.</summary>
    public void NewValue(IHoconElement value)
    {
        Values.Clear();
        Values.Add(value);
    }

    /// <summary>This value as a configuration.</summary>
    public Config ToConfig() => new(new HoconRoot(this));

    /// <summary>A configuration that has this value at <paramref name="key"/>.</summary>
    public Config AtKey(string key)
    {
        var parent = new HoconObject();
        parent.Items.Add(key, this);
        var root = new HoconValue();
        root.AppendValue(parent);
        return new Config(new HoconRoot(root));
    }

    /// <inheritdoc />
    public bool IsObject() => Values.Any(IsObject);

    /// <inheritdoc />
    public HoconObject GetObject()
    {
        HoconObject merged = null;
        foreach (var element in Values.Where(IsObject))
        {
            var next = element as HoconObject ?? ((IMightBeAHoconObject)element).GetObject();
            merged = merged is null ? next : next.Over(merged);
        }
        return merged;
    }

    /// <summary>The value below <paramref name="key"/>, or null if there is none or this is no object.</summary>
    public HoconValue GetChildObject(string key) => GetObject()?.GetKey(key);

    /// <summary>Whether all elements are text.</summary>
    public bool IsString() => Values.Count > 0 && Values.All(element => element.IsString());

    /// <summary>The text, without space around it; null if this is <c>null</c> or no text.</summary>
    public string GetString() => IsString() && string.Concat(Values.Select(element => element.GetString())).Trim() is var text and not "null" ? text : null;

    /// <summary>Whether an element is an array.</summary>
    public bool IsArray() => Values.Any(element => element.IsArray());

    /// <summary>The items of all arrays among the elements.</summary>
    public IList<HoconValue> GetArray() => Values.Where(element => element.IsArray()).SelectMany(element => element.GetArray()).ToList();

    /// <summary>On, off, true or false; nothing else.</summary>
    /// <exception cref="NotSupportedException">The value is none of these.</exception>
    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        var other => throw new NotSupportedException($"Unknown boolean format: {other}"),
    };

    /// <summary>A 32-bit number.</summary>
    public int GetInt() => int.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>A 64-bit number.</summary>
    public long GetLong() => long.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>A floating-point number.</summary>
    public float GetFloat() => float.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>A floating-point number.</summary>
    public double GetDouble() => double.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>A decimal number.</summary>
    public decimal GetDecimal() => decimal.Parse(GetString(), NumberFormatInfo.InvariantInfo);

    /// <summary>A number of bytes, plain or with a unit.</summary>
    public long? GetByteSize() => HoconUnits.ParseByteSize(GetString());

    /// <summary>A duration: milliseconds, or with a unit; <c>infinite</c> where that is allowed.</summary>
    public TimeSpan GetTimeSpan(bool allowInfinite = true) => HoconUnits.ParseDuration(GetString(), allowInfinite);

    /// <summary>The items as text.</summary>
    public IList<string> GetStringList() => GetArray().Select(item => item.GetString()).ToList();

    /// <summary>The items as numbers.</summary>
    public IList<int> GetIntList() => GetArray().Select(item => item.GetInt()).ToList();

    /// <summary>The items as numbers.</summary>
    public IList<long> GetLongList() => GetArray().Select(item => item.GetLong()).ToList();

    /// <summary>The items as numbers.</summary>
    public IList<double> GetDoubleList() => GetArray().Select(item => item.GetDouble()).ToList();

    /// <summary>The items as booleans.</summary>
    public IList<bool> GetBooleanList() => GetArray().Select(item => item.GetBoolean()).ToList();

    /// <inheritdoc />
    public override string ToString() => ToString(0);

    /// <summary>The value as HOCON, <paramref name="indent"/> levels deep.</summary>
    public virtual string ToString(int indent)
    {
        if (IsString()) return HoconText.Quote(GetString(), inKey: false);
        if (IsObject()) return $"{{\n{GetObject().ToString(indent + 1)}{new string(' ', indent * 2)}}}";
        return IsArray() ? $"[{string.Join(",", GetArray().Select(item => item.ToString(indent + 1)))}]" : "<<unknown value>>";
    }

    private static bool IsObject(IHoconElement element) => element is HoconObject || (element is IMightBeAHoconObject maybe && maybe.IsObject());
}
