using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>
/// Evaluates an argument of <c>Props.Create(() => new T(…))</c>. Constants and captured variables, nearly all arguments there are, are
/// read directly; what is left is interpreted, which works where code cannot be generated.
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
            case MemberExpression { Member: FieldInfo field } access:
                object owner = null;
                if (access.Expression is not null && !TryRead(access.Expression, out owner)) return false;
                if (owner is null && !field.IsStatic) return false;
                value = field.GetValue(owner);
                return true;
            default:
                return false;
        }
    }
}
