namespace Akka.Hosting;

/// <summary>Where added settings stand to those that are there.</summary>
public enum HoconAddMode
{
    /// <summary>Under them: they complete them.</summary>
    Append,

    /// <summary>Over them: they win.</summary>
    Prepend,

    /// <summary>Instead of them.</summary>
    Replace,
}
