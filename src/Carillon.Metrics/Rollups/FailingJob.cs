namespace Carillon.Metrics;

/// <summary>A job with failures in one minute or hour.</summary>
/// <param name="Start">When it begins, UTC.</param>
/// <param name="Category">The job's category; <c>unknown</c> without one.</param>
/// <param name="JobId">The job.</param>
/// <param name="Failures">Executions that failed, timed out or were lost.</param>
public sealed record FailingJob(DateTimeOffset Start, string Category, string JobId, long Failures);
