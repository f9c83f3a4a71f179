using System.Collections;
using Miru.Protocol;

namespace Miru.Agent.Tests.Protocol;

/// <summary>Everything a message holds, as text: records compare lists and bytes by reference, tests by content.</summary>
internal static class Shape
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text}'",
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        IEnumerable items => $"[{string.Join(",", items.Cast<object?>().Select(Of))}]",
        Message or ConfigSummary => $"{value.GetType().Name}{{{string.Join(",", Members(value))}}}",
        _ => value.ToString()!,
    };

    private static IEnumerable<string> Members(object value) =>
        value.GetType().GetProperties().Where(member => member.GetIndexParameters().Length == 0)
            .Select(member => $"{member.Name}={Of(member.GetValue(value))}");
}
