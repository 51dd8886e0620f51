namespace Carillon.Node.Hocon.Schema;

/// <summary>Sizes as the HOCON specification writes them; a number alone is bytes.</summary>
internal static class ByteSizeText
{
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
        AddScale("kB", "kilo", "K", "kibi", 1);
        AddScale("MB", "mega", "M", "mebi", 2);
        AddScale("GB", "giga", "G", "gibi", 3);
        AddScale("TB", "tera", "T", "tebi", 4);
        AddScale("PB", "peta", "P", "pebi", 5);
        AddScale("EB", "exa", "E", "exbi", 6);
        return units;

        void AddScale(string decimalUnit, string decimalPrefix, string letter, string binaryPrefix, int power)
        {
            var thousands = (decimal)Math.Pow(1000, power);
            units[decimalUnit] = thousands;
            units[$"{decimalPrefix}byte"] = thousands;
            units[$"{decimalPrefix}bytes"] = thousands;
            string[] binaryUnits =
                [letter, $"{letter}i", $"{letter}iB", $"{binaryPrefix}byte", $"{binaryPrefix}bytes"];
            foreach (var unit in binaryUnits)
            {
                units[unit] = (decimal)Math.Pow(1024, power);
            }

            units[letter.ToLowerInvariant()] = (decimal)Math.Pow(1024, power);
        }
    }
}
