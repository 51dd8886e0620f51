using Carillon.Model;
using Carillon.Scheduling.Calendars;

namespace Carillon.Scheduling.Schedules;

/// <summary>Tells everything that is wrong with a schedule at once.</summary>
public static class ScheduleValidator
{
    /// <summary>Checks a schedule without using it.</summary>
    /// <param name="spec">The schedule.</param>
    /// <param name="jobId">The id of its job.</param>
    /// <param name="calendars">The calendars that it may name; null for none.</param>
    /// <returns>
    /// One sentence per problem, naming the field, its value and what is allowed; empty when the schedule can be used
    /// and its calendars leave something of it. What only the creation of its job decides is not told: a rule without
    /// <see cref="ScheduleSpec.Start"/> is checked as if it might begin at any time.
    /// </returns>
    public static IReadOnlyList<string> Validate(ScheduleSpec spec, string jobId, CalendarSet? calendars = null)
    {
        var problems = new ScheduleProblems();
        if (ScheduleFactory.TryCreate(spec, jobId, anchor: null, calendars, problems) is { } parts)
        {
            ScheduleFactory.CheckExclusion(spec, parts, problems);
        }

        return problems.Sentences;
    }
}
