using Carillon.Scheduling.Calendars;

namespace Carillon.Hosting;

/// <summary>The keys of <c>daily</c> of a calendar.</summary>
public sealed class DailyWindowOptions
{
    /// <summary><see cref="CalendarSpec.DailyFrom"/>. Required.</summary>
    public string? From { get; set; }

    /// <summary><see cref="CalendarSpec.DailyTo"/>. Required.</summary>
    public string? To { get; set; }
}
