using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Carillon.Model;

namespace Carillon.Testing;

/// <summary>Everything that can be read of a value, as text: two values with the same text are the same to any reader.</summary>
public static class WireText
{
    /// <summary>The text.</summary>
    public static string Of(object? value)
    {
        return value switch
        {
            null => "null",
            string text => $"'{text}'",
            double real => real.ToString("R", CultureInfo.InvariantCulture),
            DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
            ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
            JobOutput output => $"'{output.Text()}'",
            IFormattable simple => simple.ToString(null, CultureInfo.InvariantCulture),
            bool flag => flag ? "yes" : "no",
            _ when IsActor(value.GetType()) => (string)value.GetType().GetProperty("Path")!.GetValue(value)!,
            IDictionary map => InAnyOrder(map.Keys.Cast<object>().Select(key => $"{Of(key)}={Of(map[key])}")),
            IEnumerable items when IsSet(value.GetType()) => InAnyOrder(items.Cast<object>().Select(Of)),
            IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Of))}]",
            _ => Composed(value),
        };
    }

    private static string Composed(object value)
    {
        var text = new StringBuilder(value.GetType().Name).Append(" {");
        foreach (var property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static p => p.GetIndexParameters().Length == 0))
        {
            text.Append(CultureInfo.InvariantCulture, $" {property.Name}: {Of(property.GetValue(value))};");
        }

        return text.Append(" }").ToString();
    }

    private static string InAnyOrder(IEnumerable<string> items)
    {
        return $"{{{string.Join(", ", items.Order(StringComparer.Ordinal))}}}";
    }

    private static bool IsActor(Type type)
    {
        return Implements(type, typeof(Actors.IActorRef<>));
    }

    private static bool IsSet(Type type)
    {
        return Implements(type, typeof(IReadOnlySet<>));
    }

    private static bool Implements(Type type, Type open)
    {
        return Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == open);
    }
}
