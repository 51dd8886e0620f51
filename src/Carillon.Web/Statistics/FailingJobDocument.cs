namespace Carillon.Web;

/// <summary>A job with failures.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Failures">Its executions that failed, timed out or were lost.</param>
internal sealed record FailingJobDocument(string JobId, long Failures);
