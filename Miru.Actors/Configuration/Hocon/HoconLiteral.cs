namespace Akka.Configuration.Hocon;

/// <summary>A piece of text, quoted or not.</summary>
public class HoconLiteral : IHoconElement
{
    /// <summary>The text without its quotes.</summary>
    public string Value { get; set; }

    /// <inheritdoc />
    public bool IsString() => true;

    /// <inheritdoc />
    public string GetString() => Value;

    /// <inheritdoc />
    public bool IsArray() => false;

    /// <inheritdoc />
    /// <exception cref="NotImplementedException">A text has no items.</exception>
    public IList<HoconValue> GetArray() => throw new NotImplementedException("This element is a string literal and not an array.");

    /// <inheritdoc />
    public override string ToString() => Value;
}
