using System.ComponentModel;
using System.Globalization;

namespace Carillon.Node.Hocon.Schema;

/// <summary>A single value.</summary>
/// <param name="allowed">What may be written, to end the sentence "it must be …".</param>
/// <param name="convert">The text that the configuration binder takes; null when what is written is wrong.</param>
internal sealed class ScalarOptionType(string allowed, Func<string, string?> convert) : OptionType
{
    private static readonly Dictionary<Type, string> Descriptions = new()
    {
        [typeof(decimal)] = "a number",
        [typeof(char)] = "one character",
        [typeof(Uri)] = "a URI",
        [typeof(DateOnly)] = "a date such as 2026-12-24",
        [typeof(TimeOnly)] = "a time of day such as 09:30",
        [typeof(DateTime)] = "a date and time such as 2026-12-24T09:30:00",
        [typeof(DateTimeOffset)] = "a date and time such as 2026-12-24T09:30:00Z",
    };

    public string Allowed { get; } = allowed;

    public string? Convert(string text) => convert(text);

    /// <summary>The type of a property; null when <paramref name="type"/> is not a single value.</summary>
    /// <param name="type">The property's type, without <see cref="Nullable{T}"/>.</param>
    /// <param name="isByteSize">Whether it is an integer that counts bytes.</param>
    public static ScalarOptionType? For(Type type, bool isByteSize)
    {
        var converter = TypeDescriptor.GetConverter(type);
        if (!converter.CanConvertFrom(typeof(string)))
        {
            return null;
        }

        if (isByteSize)
        {
            return new ScalarOptionType(
                "a size such as 512B, 64KiB or 10MB",
                text => ByteSizeText.TryParse(text, out var bytes) ? Valid(converter, Invariant(bytes)) : null);
        }

        if (type.IsEnum)
        {
            return ForEnum(type);
        }

        return type switch
        {
            _ when type == typeof(string) => new ScalarOptionType("a string", text => text),
            _ when type == typeof(bool) => new ScalarOptionType("true, false, yes, no, on or off", BooleanText),
            _ when type == typeof(TimeSpan) => new ScalarOptionType(
                "a duration such as 500ms, 5s, 2 minutes or 1d", TimeSpanText),
            _ when type == typeof(double) || type == typeof(float) => new ScalarOptionType("a number", FiniteText),
            _ => new ScalarOptionType(Describe(type), text => Valid(converter, text)),
        };
    }

    private static ScalarOptionType ForEnum(Type type)
    {
        var names = Enum.GetNames(type).ToDictionary(OptionName.Normalize, StringComparer.OrdinalIgnoreCase);
        return new ScalarOptionType(
            $"one of {string.Join(", ", Enum.GetNames(type).Select(OptionName.ToKebabCase))}",
            text => names.GetValueOrDefault(OptionName.Normalize(text)));
    }

    private static string? BooleanText(string text) => text switch
    {
        "true" or "yes" or "on" => "true",
        "false" or "no" or "off" => "false",
        _ => null,
    };

    private static string? TimeSpanText(string text) =>
        DurationText.TryParse(text, out var duration) ? duration.ToString("c", CultureInfo.InvariantCulture) : null;

    private static string? FiniteText(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) ? text : null;

    private static string Describe(Type type) => type.IsPrimitive && type != typeof(char)
        ? $"a whole number from {Constant(type, nameof(int.MinValue))} to {Constant(type, nameof(int.MaxValue))}"
        : Descriptions.GetValueOrDefault(type) ?? $"a {type.Name}";

    private static string? Constant(Type type, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{type.GetField(name)?.GetValue(null)}");

    private static string? Valid(TypeConverter converter, string text) => converter.IsValid(text) ? text : null;

    private static string Invariant(long value) => value.ToString(CultureInfo.InvariantCulture);
}
