using Akka.Event;

namespace Akka.Streams;

/// <summary>Settings that travel with a part of a blueprint: the most specific one, given last, wins.</summary>
public sealed class Attributes
{
    public static readonly Attributes None = new();

    private readonly IAttribute[] _attributes;

    public Attributes(params IAttribute[] attributes) => _attributes = attributes ?? [];

    /// <summary>A setting.</summary>
    public interface IAttribute
    {
    }

    /// <summary>A setting that every stage has, if only by default.</summary>
    public interface IMandatoryAttribute : IAttribute
    {
    }

    /// <summary>From the least to the most specific.</summary>
    public IEnumerable<IAttribute> AttributeList => _attributes;

    public static Attributes CreateName(string name) => string.IsNullOrEmpty(name) ? None : new Attributes(new Name(name));

    /// <summary>Sizes of the input buffers at asynchronous boundaries, in elements.</summary>
    public static Attributes CreateInputBuffer(int initial, int max) => new(new InputBuffer(initial, max));

    public static Attributes CreateAsyncBoundary() => new(AsyncBoundary.Instance);

    /// <summary>At which levels the operator <c>Log</c> logs elements, completion and failure.</summary>
    public static Attributes CreateLogLevels(
        LogLevel onElement = LogLevel.DebugLevel, LogLevel onFinish = LogLevel.DebugLevel, LogLevel onError = LogLevel.ErrorLevel) =>
        new(new LogLevels(onElement, onFinish, onError));

    /// <summary>Adds more specific attributes.</summary>
    public Attributes And(Attributes other)
    {
        if (_attributes.Length == 0)
        {
            return other;
        }

        return other._attributes.Length == 0 ? this : new Attributes([.. _attributes, .. other._attributes]);
    }

    public Attributes And(IAttribute other) => new([.. _attributes, other]);

    public bool Contains<TAttr>(TAttr attribute) where TAttr : IAttribute => _attributes.Contains(attribute);

    public IEnumerable<TAttr> GetAttributeList<TAttr>() where TAttr : IAttribute => _attributes.OfType<TAttr>();

    /// <summary>The most specific attribute of the type, or the default.</summary>
    public TAttr GetAttribute<TAttr>(TAttr defaultIfNotFound) where TAttr : class, IAttribute =>
        _attributes.OfType<TAttr>().LastOrDefault() ?? defaultIfNotFound;

    public TAttr GetAttribute<TAttr>() where TAttr : class, IAttribute => GetAttribute<TAttr>(null);

    /// <summary>The least specific attribute of the type, or the default.</summary>
    public TAttr GetFirstAttribute<TAttr>(TAttr defaultIfNotFound) where TAttr : class, IAttribute =>
        _attributes.OfType<TAttr>().FirstOrDefault() ?? defaultIfNotFound;

    public TAttr GetFirstAttribute<TAttr>() where TAttr : class, IAttribute => GetFirstAttribute<TAttr>(null);

    /// <exception cref="InvalidOperationException">No attribute of the type is there.</exception>
    public TAttr GetMandatoryAttribute<TAttr>() where TAttr : class, IMandatoryAttribute =>
        _attributes.OfType<TAttr>().LastOrDefault()
        ?? throw new InvalidOperationException($"Mandatory attribute {typeof(TAttr).Name} not found");

    public string GetNameOrDefault(string defaultIfNotFound = "unknown-operation") => GetAttribute<Name>()?.Value ?? defaultIfNotFound;

    /// <summary>All names, joined from the outermost to the innermost, or null.</summary>
    public string GetNameLifted() => GetAttribute<Name>() is null ? null : string.Join("-", GetAttributeList<Name>().Select(name => name.Value));

    public override string ToString() => $"Attributes({string.Join(", ", _attributes.Select(attribute => attribute.ToString()))})";

    /// <summary>The name of a part, for logs.</summary>
    public sealed class Name : IAttribute, IEquatable<Name>
    {
        public readonly string Value;

        public Name(string value) => Value = value ?? throw new ArgumentNullException(nameof(value));

        public bool Equals(Name other) => other is not null && Value == other.Value;

        public override bool Equals(object obj) => Equals(obj as Name);

        public override int GetHashCode() => Value.GetHashCode();

        public override string ToString() => $"Name({Value})";
    }

    /// <summary>Sizes of an input buffer, in elements.</summary>
    public sealed class InputBuffer : IMandatoryAttribute, IEquatable<InputBuffer>
    {
        public readonly int Initial;
        public readonly int Max;

        public InputBuffer(int initial, int max) => (Initial, Max) = (initial, max);

        public bool Equals(InputBuffer other) => other is not null && (Initial, Max) == (other.Initial, other.Max);

        public override bool Equals(object obj) => Equals(obj as InputBuffer);

        public override int GetHashCode() => HashCode.Combine(Initial, Max);

        public override string ToString() => $"InputBuffer(initial={Initial},max={Max})";
    }

    /// <summary>Marks an asynchronous boundary.</summary>
    public sealed class AsyncBoundary : IAttribute, IEquatable<AsyncBoundary>
    {
        public static readonly AsyncBoundary Instance = new();

        private AsyncBoundary()
        {
        }

        public bool Equals(AsyncBoundary other) => other is not null;

        public override bool Equals(object obj) => obj is AsyncBoundary;

        public override int GetHashCode() => 0;

        public override string ToString() => "AsyncBoundary";
    }

    /// <summary>At which levels the operator <c>Log</c> logs.</summary>
    public sealed class LogLevels : IAttribute, IEquatable<LogLevels>
    {
        /// <summary>Logs nothing.</summary>
        public static readonly LogLevel Off = (LogLevel)int.MaxValue;

        public readonly LogLevel OnElement;
        public readonly LogLevel OnFinish;
        public readonly LogLevel OnFailure;

        public LogLevels(LogLevel onElement, LogLevel onFinish, LogLevel onFailure) =>
            (OnElement, OnFinish, OnFailure) = (onElement, onFinish, onFailure);

        public bool Equals(LogLevels other) =>
            other is not null && (OnElement, OnFinish, OnFailure) == (other.OnElement, other.OnFinish, other.OnFailure);

        public override bool Equals(object obj) => Equals(obj as LogLevels);

        public override int GetHashCode() => HashCode.Combine(OnElement, OnFinish, OnFailure);

        public override string ToString() => $"LogLevels(onElement={OnElement},onFinish={OnFinish},onFailure={OnFailure})";
    }
}
