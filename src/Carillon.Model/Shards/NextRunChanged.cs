namespace Carillon.Model;

/// <summary>A job's next occurrence, told by its scheduler to its history, for show.</summary>
/// <param name="JobId">The job.</param>
/// <param name="At">The next occurrence, or null when there is none.</param>
public record NextRunChanged(string JobId, DateTimeOffset? At);
