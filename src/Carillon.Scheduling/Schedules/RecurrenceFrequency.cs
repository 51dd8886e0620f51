namespace Carillon.Scheduling.Schedules;

/// <summary>The length of the periods of a recurrence rule, the shortest first.</summary>
internal enum RecurrenceFrequency
{
    /// <summary>A second.</summary>
    Secondly,

    /// <summary>A minute.</summary>
    Minutely,

    /// <summary>An hour.</summary>
    Hourly,

    /// <summary>A day.</summary>
    Daily,

    /// <summary>A week, from <see cref="RecurrenceRule.WeekStart"/> on.</summary>
    Weekly,

    /// <summary>A month.</summary>
    Monthly,

    /// <summary>A year.</summary>
    Yearly,
}
