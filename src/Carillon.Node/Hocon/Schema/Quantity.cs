using System.Globalization;

namespace Carillon.Node.Hocon.Schema;

/// <summary>A number with a unit, as HOCON writes durations and sizes.</summary>
internal static class Quantity
{
    /// <summary>
    /// Reads <c>number</c> or <c>number unit</c> and multiplies by the unit's factor. The number may have a sign and
    /// decimals; units are case-sensitive.
    /// </summary>
    /// <param name="text">The text; blanks around it and before the unit do not matter.</param>
    /// <param name="factors">The factor of each unit; that of the empty unit is for numbers alone.</param>
    /// <param name="quantity">The product, rounded to the nearest whole number.</param>
    /// <returns>False when the text is malformed, the unit unknown or the product beyond 64 bits.</returns>
    public static bool TryParse(string text, IReadOnlyDictionary<string, decimal> factors, out long quantity)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        quantity = 0;
        var trimmed = text.AsSpan().Trim();
        var unit = trimmed[(trimmed.LastIndexOfAnyInRange('0', '9') + 1)..];
        var number = trimmed[..^unit.Length];
        if (!decimal.TryParse(number, Style, CultureInfo.InvariantCulture, out var count)
            || !factors.TryGetValue(unit.Trim().ToString(), out var factor)
            || Math.Abs(count) > long.MaxValue / factor)
        {
            return false;
        }

        quantity = (long)Math.Round(count * factor);
        return true;
    }
}
