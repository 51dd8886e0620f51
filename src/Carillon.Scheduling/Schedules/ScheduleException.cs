namespace Carillon.Scheduling.Schedules;

/// <summary>
/// A schedule that cannot be used. The message names, for each problem, the field, its value and what is allowed.
/// </summary>
public sealed class ScheduleException : Exception
{
    /// <summary>Creates the exception from at least one problem.</summary>
    /// <param name="problems">One sentence per problem.</param>
    public ScheduleException(IReadOnlyList<string> problems)
        : base(string.Join(' ', problems))
    {
        Problems = problems;
    }

    /// <summary>One sentence per problem, never empty.</summary>
    public IReadOnlyList<string> Problems { get; }
}
