namespace Carillon.Web;

/// <summary>One line of a trend.</summary>
/// <param name="Key">The category, queue or outcome; null for everything.</param>
/// <param name="Points">One point for each step.</param>
/// <param name="Previous">One point for each step of the period before; null when it is not asked for.</param>
internal sealed record TrendSeries(string? Key, IReadOnlyList<TrendPoint> Points, IReadOnlyList<TrendPoint>? Previous);
