using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;

namespace Akka.TestKit;

/// <summary>Makes filters of log events: by level, text, source and exception. A text is matched in full, from its start, or anywhere.</summary>
public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyCollection<EventFilter> _others;

    /// <summary>Filters for the system of <paramref name="testkit"/>.</summary>
    public EventFilterFactory(TestKitBase testkit) : this(testkit, testkit.Sys, [])
    {
    }

    /// <summary>Filters for another system.</summary>
    public EventFilterFactory(TestKitBase testkit, ActorSystem system) : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyCollection<EventFilter> others)
    {
        _testkit = testkit;
        _system = system;
        _others = others;
    }

    /// <summary>Events that <paramref name="predicate"/> means.</summary>
    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) => Apply(predicate);

    /// <summary>Events of one type that <paramref name="predicate"/> means.</summary>
    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate) where TLogEvent : LogEvent =>
        Apply(logEvent => logEvent is TLogEvent typed && predicate(typed));

    /// <summary>Debug events.</summary>
    public IEventFilterApplier Debug(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.DebugLevel, message, start, contains, source);

    /// <summary>Debug events.</summary>
    public IEventFilterApplier Debug(Regex pattern, string source = null) => ForLogLevel(LogLevel.DebugLevel, pattern, source);

    /// <summary>Info events.</summary>
    public IEventFilterApplier Info(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.InfoLevel, message, start, contains, source);

    /// <summary>Info events.</summary>
    public IEventFilterApplier Info(Regex pattern, string source = null) => ForLogLevel(LogLevel.InfoLevel, pattern, source);

    /// <summary>Warnings.</summary>
    public IEventFilterApplier Warning(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.WarningLevel, message, start, contains, source);

    /// <summary>Warnings.</summary>
    public IEventFilterApplier Warning(Regex pattern, string source = null) => ForLogLevel(LogLevel.WarningLevel, pattern, source);

    /// <summary>Errors.</summary>
    public IEventFilterApplier Error(string message = null, string start = null, string contains = null, string source = null) =>
        ForLogLevel(LogLevel.ErrorLevel, message, start, contains, source);

    /// <summary>Errors.</summary>
    public IEventFilterApplier Error(Regex pattern, string source = null) => ForLogLevel(LogLevel.ErrorLevel, pattern, source);

    /// <summary>Events of one level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, string message = null, string start = null, string contains = null, string source = null) =>
        OfLevel(logLevel, TextMatch.Of(message, start, contains), source);

    /// <summary>Events of one level.</summary>
    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string source = null) => OfLevel(logLevel, pattern.IsMatch, source);

    /// <summary>Errors caused by a <typeparamref name="TException"/>.</summary>
    public IEventFilterApplier Exception<TException>(string message = null, string start = null, string contains = null, string source = null) where TException : Exception =>
        Exception(typeof(TException), message, start, contains, source);

    /// <summary>Errors caused by a <typeparamref name="TException"/>.</summary>
    public IEventFilterApplier Exception<TException>(Regex pattern, string source = null) where TException : Exception =>
        Exception(typeof(TException), pattern, source);

    /// <summary>Errors caused by an exception of that type, or one that derives from it.</summary>
    public IEventFilterApplier Exception(Type exceptionType, string message = null, string start = null, string contains = null, string source = null, bool checkInnerExceptions = false) =>
        CausedBy(exceptionType, TextMatch.Of(message, start, contains), source, checkInnerExceptions);

    /// <summary>Errors caused by an exception of that type, or one that derives from it.</summary>
    public IEventFilterApplier Exception(Type exceptionType, Regex pattern, string source = null, bool checkInnerExceptions = false) =>
        CausedBy(exceptionType, pattern.IsMatch, source, checkInnerExceptions);

    /// <summary>Dead letters.</summary>
    public IEventFilterApplier DeadLetter() => Letters(_ => true, null);

    /// <summary>Dead letters with a message of one type.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(string source = null) => Letters(letter => letter.Message is TMessage, source);

    /// <summary>Dead letters with a message of one type that <paramref name="isMatch"/> means.</summary>
    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string source = null) =>
        Letters(letter => letter.Message is TMessage message && isMatch(message), source);

    /// <summary>Dead letters with a message of one type.</summary>
    public IEventFilterApplier DeadLetter(Type type, string source = null) => DeadLetter(type, _ => true, source);

    /// <summary>Dead letters with a message of one type that <paramref name="isMatch"/> means.</summary>
    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string source = null) =>
        Letters(letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message), source);

    private IEventFilterApplier OfLevel(LogLevel level, Predicate<string> isText, string source) => Apply(logEvent =>
        logEvent.LogLevel() == level && TextMatch.IsSource(logEvent, source) && isText(TextMatch.TextOf(logEvent)));

    private IEventFilterApplier CausedBy(Type type, Predicate<string> isText, string source, bool inner) => Apply(logEvent =>
        logEvent is Error error && TextMatch.IsSource(error, source) && Causes(error.Cause, inner).Any(cause =>
            type.IsInstanceOfType(cause) && (isText(cause.Message) || isText(TextMatch.TextOf(error)))));

    private IEventFilterApplier Letters(Predicate<DeadLetter> isLetter, string source) => Apply(logEvent =>
        logEvent is Warning { Message: DeadLetter letter } && TextMatch.IsSource(logEvent, source) && isLetter(letter));

    private IEventFilterApplier Apply(Predicate<LogEvent> predicate) =>
        new EventFilterApplier(_testkit, _system, [.. _others, new EventFilter(predicate)], _testkit.Assertions);

    private static IEnumerable<Exception> Causes(Exception cause, bool inner)
    {
        for (; cause is not null; cause = inner ? cause.InnerException : null) yield return cause;
    }
}
