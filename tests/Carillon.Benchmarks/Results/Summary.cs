using System.Globalization;

namespace Carillon.Benchmarks.Results;

/// <summary>Median, least and greatest of the runs.</summary>
internal sealed record Summary(double Median, double Min, double Max)
{
    /// <summary>Summarises at least one value.</summary>
    public static Summary Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Summary(median, sorted[0], sorted[^1]);
    }

    /// <summary><c>median (least–greatest)</c>.</summary>
    public override string ToString()
    {
        return Min.Equals(Max) ? Text(Median) : $"{Text(Median)} ({Text(Min)}–{Text(Max)})";
    }

    private static string Text(double value)
    {
        var format = Math.Abs(value) switch
        {
            >= 100 => "N0",
            >= 10 => "0.0",
            >= 0.1 or 0 => "0.00",
            _ => "0.0000",
        };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }
}
