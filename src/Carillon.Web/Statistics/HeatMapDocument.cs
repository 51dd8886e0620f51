namespace Carillon.Web;

/// <summary>Failures by category and hour.</summary>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Axis">timeline: a column for each hour of the period; clock: one for each hour of the day.</param>
/// <param name="Measure">What the value of a cell is.</param>
/// <param name="TimeZone">The zone that the hours of the day are told in.</param>
/// <param name="Columns">When each column's hour begins: an instant, or the hour of the day from 0 to 23.</param>
/// <param name="Rows">The categories, sorted.</param>
internal sealed record HeatMapDocument(
    DateTimeOffset From,
    DateTimeOffset To,
    HeatMapAxis Axis,
    HeatMapMeasure Measure,
    string TimeZone,
    IReadOnlyList<string> Columns,
    IReadOnlyList<HeatMapRow> Rows);
