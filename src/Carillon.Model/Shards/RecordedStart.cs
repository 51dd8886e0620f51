namespace Carillon.Model;

/// <summary>The start of an attempt that has ended, of a job whose starts are limited or whose schedule follows its end.</summary>
/// <param name="JobId">The job.</param>
/// <param name="At">When it started.</param>
/// <param name="EndedAt">When it ended.</param>
public sealed record RecordedStart(string JobId, DateTimeOffset At, DateTimeOffset EndedAt);
