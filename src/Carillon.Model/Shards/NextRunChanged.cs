namespace Carillon.Model;

/// <summary>A job's next occurrence is another one now. Not recorded: it follows from the schedule.</summary>
/// <param name="JobId">The job.</param>
/// <param name="At">When it is due next, or null when nothing is planned.</param>
public sealed record NextRunChanged(string JobId, DateTimeOffset? At);
