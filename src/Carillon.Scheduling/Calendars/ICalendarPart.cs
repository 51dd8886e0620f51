namespace Carillon.Scheduling.Calendars;

/// <summary>One kind of wall-clock times that a calendar covers. Pure.</summary>
internal interface ICalendarPart
{
    /// <summary>Until when everything is covered from a wall-clock time on.</summary>
    /// <returns>A later wall-clock time, or null when <paramref name="wall"/> itself is not covered.</returns>
    DateTime? CoveredUntil(DateTime wall);
}
