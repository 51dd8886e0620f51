using System.Globalization;

namespace Carillon.Scheduling.Tests.Schedules;

/// <summary>
/// A literal reading of five-field expressions: each field is a question about one minute. It shares no code and no
/// idea with the product.
/// </summary>
internal sealed class NaiveCron
{
    private static readonly string[] Months = "jan feb mar apr may jun jul aug sep oct nov dec".Split(' ');
    private static readonly string[] Weekdays = "sun mon tue wed thu fri sat".Split(' ');

    private readonly bool[] _minutes;
    private readonly bool[] _hours;
    private readonly string[] _fields;
    private (DateTime Date, bool Matches) _day;

    public NaiveCron(string expression)
    {
        _fields = Replace(expression.ToLowerInvariant()).Split(' ');
        _minutes = [.. Enumerable.Range(0, 60).Select(minute => InList(_fields[0], minute, 0, 59))];
        _hours = [.. Enumerable.Range(0, 24).Select(hour => InList(_fields[1], hour, 0, 23))];
    }

    public bool Matches(DateTime wall)
    {
        return _minutes[wall.Minute] && _hours[wall.Hour] && MatchesDay(wall.Date);
    }

    public bool MatchesDay(DateTime date)
    {
        if (_day.Date != date)
        {
            _day = (date, IsDay(date));
        }

        return _day.Matches;
    }

    private bool IsDay(DateTime date)
    {
        if (!InList(_fields[3], date.Month, 1, 12))
        {
            return false;
        }

        var byDate = _fields[2].Split(',').Any(element => IsDayOfMonth(element, date));
        var byWeekday = _fields[4].Split(',').Any(element => IsWeekday(element, date));
        return (_fields[2], _fields[4]) switch
        {
            ("*", "*") => true,
            ("*", _) => byWeekday,
            (_, "*") => byDate,
            _ => byDate || byWeekday,
        };
    }

    private static bool IsDayOfMonth(string element, DateTime date)
    {
        if (!element.EndsWith('w'))
        {
            var fromLast = element is "l" ? 0 : element.StartsWith('l') ? Number(element[2..]) : -1;
            return fromLast < 0
                ? InElement(element, date.Day, 1, 31)
                : date.AddDays(fromLast).Month == date.Month && date.AddDays(fromLast + 1).Month != date.Month;
        }

        // Of the weekdays of the month, the one at the least distance from the day asked for.
        var inMonth = Enumerable.Range(1, DateTime.DaysInMonth(date.Year, date.Month)).ToList();
        var target = element is "lw" ? inMonth[^1] : Math.Min(Number(element[..^1]), inMonth[^1]);
        return date.Day == inMonth
            .Where(day => (int)new DateTime(date.Year, date.Month, day).DayOfWeek is > 0 and < 6)
            .MinBy(day => Math.Abs(day - target));
    }

    private static bool IsWeekday(string element, DateTime date)
    {
        var weekday = (int)date.DayOfWeek;
        if (element.EndsWith('l'))
        {
            return Number(element[..^1]) % 7 == weekday && date.AddDays(7).Month != date.Month;
        }

        var hash = element.Split('#');
        if (hash.Length == 2)
        {
            return Number(hash[0]) % 7 == weekday && (date.Day + 6) / 7 == Number(hash[1]);
        }

        return InElement(element, weekday, 0, 6)
            || (weekday == 0 && !element.StartsWith('*') && InElement(element, 7, 0, 6));
    }

    private static bool InList(string list, int value, int min, int max) =>
        list.Split(',').Any(element => InElement(element, value, min, max));

    private static bool InElement(string element, int value, int min, int max)
    {
        var parts = element.Split('/');
        var bounds = parts[0] is "*" ? [min, max] : parts[0].Split('-').Select(Number).ToArray();
        var last = bounds.Length == 2 ? bounds[1] : parts.Length == 2 ? max : bounds[0];
        var step = parts.Length == 2 ? Number(parts[1]) : 1;
        return value >= bounds[0] && value <= last && (value - bounds[0]) % step == 0;
    }

    private static string Replace(string expression)
    {
        foreach (var (number, month) in Months.Index())
        {
            expression = expression.Replace(month, Digits(number + 1), StringComparison.Ordinal);
        }

        foreach (var (number, weekday) in Weekdays.Index())
        {
            expression = expression.Replace(weekday, Digits(number), StringComparison.Ordinal);
        }

        return expression;
    }

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
