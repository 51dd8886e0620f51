namespace Carillon.Web;

/// <summary>One category in one hour.</summary>
/// <param name="Runs">Executions that ran to an end.</param>
/// <param name="Failures">Those that failed, timed out or were lost.</param>
/// <param name="Value">The measure; null for a rate without a run.</param>
/// <param name="FailingJobs">The jobs with the most failures, at most 20 for each hour.</param>
internal sealed record HeatMapCell(long Runs, long Failures, double? Value, IReadOnlyList<FailingJobDocument> FailingJobs);
