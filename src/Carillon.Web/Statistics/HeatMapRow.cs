namespace Carillon.Web;

/// <summary>One category of a heat map.</summary>
/// <param name="Category">The category; <c>unknown</c> for jobs without one.</param>
/// <param name="Cells">One for each column.</param>
internal sealed record HeatMapRow(string Category, IReadOnlyList<HeatMapCell> Cells);
