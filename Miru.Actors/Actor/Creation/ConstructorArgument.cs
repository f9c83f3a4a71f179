using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>
/// Evaluates an argument of <c>Props.Create(() => new T(…))</c>. Constants, captured variables and their properties, nearly all
/// arguments there are, are read directly; what is left is interpreted, which works where code cannot be generated but costs
/// milliseconds the first time.
/// </summary>
internal static class ConstructorArgument
{
    internal static object Evaluate(Expression argument) =>
        TryRead(argument, out var value)
            ? value
            : Expression.Lambda<Func<object>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)();

    private static bool TryRead(Expression expression, out object value)
    {
        value = null;
        switch (expression)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression access:
                object owner = null;
                // A null owner is left to the interpreter, which throws what the call itself would throw.
                if (access.Expression is not null && (!TryRead(access.Expression, out owner) || owner is null)) return false;
                value = access.Member is FieldInfo field
                    ? field.GetValue(owner)
                    : ((PropertyInfo)access.Member).GetValue(owner, BindingFlags.DoNotWrapExceptions, null, null, null);
                return true;
            default:
                return false;
        }
    }
}
