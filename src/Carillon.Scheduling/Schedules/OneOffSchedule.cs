namespace Carillon.Scheduling.Schedules;

/// <summary>A single occurrence, or none: a job that runs only when triggered.</summary>
/// <param name="at">The occurrence, or null.</param>
internal sealed class OneOffSchedule(DateTimeOffset? at) : ISchedule
{
    /// <inheritdoc/>
    public DateTimeOffset? Next(DateTimeOffset after) => at > after ? at : null;
}
