using Carillon.Model;

namespace Carillon.Scheduling.Schedules;

/// <summary>Tells everything that is wrong with a schedule at once.</summary>
public static class ScheduleValidator
{
    /// <summary>Checks a schedule without using it.</summary>
    /// <param name="spec">The schedule.</param>
    /// <param name="jobId">The id of its job.</param>
    /// <returns>
    /// One sentence per problem, naming the field, its value and what is allowed; empty when
    /// <see cref="ScheduleFactory.Create"/> accepts the schedule.
    /// </returns>
    public static IReadOnlyList<string> Validate(ScheduleSpec spec, string jobId)
    {
        var problems = new ScheduleProblems();
        ScheduleFactory.TryCreate(spec, jobId, DateTimeOffset.UnixEpoch, problems);
        return problems.Sentences;
    }
}
