using Carillon.Model;

namespace Carillon.Web;

/// <summary>One operation in a period.</summary>
/// <param name="Name">The operation.</param>
/// <param name="From">The beginning, rounded outward; without a period, since when statistics count.</param>
/// <param name="To">The end, rounded outward.</param>
/// <param name="Resolution">To what the period is rounded; null without a period.</param>
/// <param name="Total">All labels together.</param>
/// <param name="Series">Each combination of labels.</param>
internal sealed record OperationDocument(
    string Name,
    DateTimeOffset From,
    DateTimeOffset To,
    RollupSpan? Resolution,
    OperationFigures Total,
    IReadOnlyList<OperationSeriesDocument> Series);
