using Akka.Actor;

namespace Akka.Configuration;

/// <summary>A configuration that cannot be parsed, or lacks what somebody needs. Parse errors say line and column.</summary>
public class ConfigurationException : AkkaException
{
    /// <summary>An error described by <paramref name="message"/>.</summary>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <summary>An error described by <paramref name="message"/>, caused by <paramref name="exception"/>.</summary>
    public ConfigurationException(string message, Exception exception) : base(message, exception)
    {
    }

    /// <summary>The error of a component <typeparamref name="T"/> whose section is missing or empty.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string path = null) => new(string.IsNullOrWhiteSpace(path)
        ? $"Failed to instantiate {typeof(T).Name}: its configuration is missing or empty."
        : $"Failed to instantiate {typeof(T).Name}: its configuration '{path}' is missing or empty.");
}
