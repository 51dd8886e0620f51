using Carillon.Scheduling.Calendars;

namespace Carillon.Hosting;

/// <summary>Reads the calendars of the settings and says what is wrong with them.</summary>
internal static class ConfiguredCalendars
{
    /// <summary>The calendars that are right; what is wrong with the others is added to the problems.</summary>
    public static CalendarSet Read(CarillonOptions options, List<OptionsProblem> problems)
    {
        var found = new List<string>();
        var specs = options.Calendars.Select(static c => KeyValuePair.Create(c.Key, ToSpec(c.Value)));
        var calendars = CalendarSet.Create(specs, found);
        problems.AddRange(found.Select(static problem => OptionsProblem.Of("carillon." + problem)));
        return calendars;
    }

    private static CalendarSpec ToSpec(CalendarOptions calendar) => new()
    {
        Holidays = [.. calendar.Holidays],
        Weekly = [.. calendar.Weekly],
        DailyFrom = calendar.Daily is { } daily ? daily.From ?? string.Empty : null,
        DailyTo = calendar.Daily?.To,
        Cron = calendar.Cron,
        TimeZone = calendar.TimeZone,
    };
}
