using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Calendars;

/// <summary>The calendars that a node knows, by name. Immutable.</summary>
public sealed class CalendarSet
{
    private readonly Dictionary<string, Calendar> _calendars;

    private CalendarSet(Dictionary<string, Calendar> calendars) => _calendars = calendars;

    /// <summary>No calendar at all.</summary>
    public static CalendarSet Empty { get; } = new([]);

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _calendars.Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads calendars.</summary>
    /// <param name="specs">The calendars as written, by name. Names compare as written.</param>
    /// <param name="problems">
    /// Receives one sentence per problem, naming the field, its value and what is allowed. Calendars with a problem are
    /// left out.
    /// </param>
    public static CalendarSet Create(
        IEnumerable<KeyValuePair<string, CalendarSpec>> specs, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(specs);
        ArgumentNullException.ThrowIfNull(problems);
        var calendars = new Dictionary<string, Calendar>(StringComparer.Ordinal);
        foreach (var (name, spec) in specs)
        {
            if (new CalendarParser(name, problems).Parse(spec) is { } calendar)
            {
                calendars.Add(name, calendar);
            }
        }

        return new CalendarSet(calendars);
    }

    /// <summary>The calendars of some names; a name that is not known is a problem.</summary>
    internal IReadOnlyList<Calendar> Find(IReadOnlyList<string> names, ScheduleProblems problems)
    {
        var found = new List<Calendar>();
        foreach (var name in names)
        {
            if (_calendars.TryGetValue(name, out var calendar))
            {
                found.Add(calendar);
            }
            else
            {
                var known = _calendars.Count == 0
                    ? "none, since carillon.calendars is empty"
                    : string.Join(", ", Names);
                problems.Add("exclude", name, "is not a calendar of this node", known);
            }
        }

        return found;
    }
}
