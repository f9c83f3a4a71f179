namespace Akka.Streams.Dsl;

/// <summary>Which materialized value of two survives when two parts are put together.</summary>
public static class Keep
{
    public static TLeft Left<TLeft, TRight>(TLeft left, TRight right) => left;

    public static TRight Right<TLeft, TRight>(TLeft left, TRight right) => right;

    public static (TLeft, TRight) Both<TLeft, TRight>(TLeft left, TRight right) => (left, right);

    public static NotUsed None<TLeft, TRight>(TLeft left, TRight right) => NotUsed.Instance;

    public static bool IsLeft<T1, T2, T3>(Func<T1, T2, T3> fn) => fn.Method.DeclaringType == typeof(Keep) && fn.Method.Name == nameof(Left);

    public static bool IsRight<T1, T2, T3>(Func<T1, T2, T3> fn) => fn.Method.DeclaringType == typeof(Keep) && fn.Method.Name == nameof(Right);
}
