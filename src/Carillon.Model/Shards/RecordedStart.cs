namespace Carillon.Model;

/// <summary>The start of an attempt that has ended, of a job whose starts are limited.</summary>
/// <param name="JobId">The job.</param>
/// <param name="At">When it started.</param>
public sealed record RecordedStart(string JobId, DateTimeOffset At);
