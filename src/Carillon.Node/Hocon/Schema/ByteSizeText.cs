namespace Carillon.Node.Hocon.Schema;

/// <summary>Sizes as the HOCON specification writes them; a number alone is bytes.</summary>
internal static class ByteSizeText
{
    private static readonly (string Letter, string DecimalPrefix, string BinaryPrefix)[] Scales =
    [
        ("K", "kilo", "kibi"), ("M", "mega", "mebi"), ("G", "giga", "gibi"), ("T", "tera", "tebi"),
        ("P", "peta", "pebi"), ("E", "exa", "exbi"),
    ];

    private static readonly Dictionary<string, decimal> Bytes = Units();

    /// <summary>Reads a size in bytes; fractions of a byte are rounded.</summary>
    public static bool TryParse(string text, out long bytes) => Quantity.TryParse(text, Bytes, out bytes);

    private static Dictionary<string, decimal> Units()
    {
        var units = new Dictionary<string, decimal>(StringComparer.Ordinal)
        {
            [""] = 1,
            ["B"] = 1,
            ["b"] = 1,
            ["byte"] = 1,
            ["bytes"] = 1,
        };
        var (thousands, binary) = (1m, 1m);
        foreach (var (letter, decimalPrefix, binaryPrefix) in Scales)
        {
            thousands *= 1000;
            binary *= 1024;
            string[] decimalUnits = [DecimalUnit(letter), $"{decimalPrefix}byte", $"{decimalPrefix}bytes"];
            string[] binaryUnits =
            [
                letter, letter.ToLowerInvariant(), $"{letter}i", $"{letter}iB", $"{binaryPrefix}byte",
                $"{binaryPrefix}bytes",
            ];
            Array.ForEach(decimalUnits, unit => units.Add(unit, thousands));
            Array.ForEach(binaryUnits, unit => units.Add(unit, binary));
        }

        return units;
    }

    // The specification writes kB, but MB and so on.
    private static string DecimalUnit(string letter) => letter is "K" ? "kB" : $"{letter}B";
}
