namespace Akka.Configuration.Hocon;

/// <summary>Something that is an object or turns out to be one once its references are resolved.</summary>
public interface IMightBeAHoconObject
{
    /// <summary>Whether it is an object.</summary>
    bool IsObject();

    /// <summary>The object, or null.</summary>
    HoconObject GetObject();
}
