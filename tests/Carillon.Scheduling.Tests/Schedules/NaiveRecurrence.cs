using System.Globalization;

namespace Carillon.Scheduling.Tests.Schedules;

/// <summary>
/// A literal reading of recurrence rules in upper case: every second of a stretch is a candidate, each part of the rule is a
/// question about it, and periods are groups of what is left. It shares no code and no idea with the product.
/// </summary>
internal sealed class NaiveRecurrence
{
    private static readonly string[] Weekdays = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    private readonly Dictionary<string, string> _parts;
    private readonly Dictionary<string, int[]?> _numbers = new(StringComparer.Ordinal);
    private readonly DateTime _start;
    private readonly DayOfWeek _weekStart;
    private readonly string _frequency;

    public NaiveRecurrence(string rule, DateTime start)
    {
        _parts = rule.Split(';').Select(part => part.Split('=')).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        _start = start;
        _frequency = _parts["FREQ"];
        _weekStart = (DayOfWeek)Array.IndexOf(Weekdays, _parts.GetValueOrDefault("WKST", "MO"));
        Complete();
    }

    /// <summary>What the rule names before an instant.</summary>
    public List<DateTime> Until(DateTime horizon)
    {
        var times = Enumerable.Range(0, 86_400).Where(IsTime).ToList();
        var (first, last) = WholePeriods(horizon);
        var named = new List<DateTime>();
        for (var day = first; day < last; day = day.AddDays(1))
        {
            if (IsDay(day))
            {
                named.AddRange(times.Select(time => day.AddSeconds(time)));
            }
        }

        var interval = int.Parse(_parts.GetValueOrDefault("INTERVAL", "1"), CultureInfo.InvariantCulture);
        var origin = Period(_start);
        var found = named
            .GroupBy(Period)
            .Where(period => period.Key >= origin && (period.Key - origin) % interval == 0)
            .SelectMany(period => AtPositions([.. period]))
            .Where(time => time >= _start);
        if (_parts.TryGetValue("UNTIL", out var until))
        {
            var latest = DateTime.ParseExact(until.TrimEnd('Z'), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
            found = found.Where(time => time <= latest);
        }

        return [.. found.Take(int.Parse(_parts.GetValueOrDefault("COUNT", "1000000"), CultureInfo.InvariantCulture))];
    }

    private (DateTime First, DateTime Last) WholePeriods(DateTime horizon) => _frequency switch
    {
        "YEARLY" => (new DateTime(_start.Year, 1, 1), new DateTime(horizon.Year + 1, 1, 1)),
        "MONTHLY" => (_start.Date.AddDays(1 - _start.Day), horizon.Date.AddDays(32)),
        "WEEKLY" => (_start.Date.AddDays(-7), horizon.Date.AddDays(7)),
        _ => (_start.Date, horizon.Date.AddDays(1)),
    };

    private void Complete()
    {
        if (!_parts.ContainsKey("BYMONTHDAY") && !_parts.ContainsKey("BYYEARDAY") && !_parts.ContainsKey("BYDAY"))
        {
            CompleteDay();
        }

        // What is as long as the period or longer is the period's own.
        (string Part, int Value, string Within)[] times =
        [
            ("BYSECOND", _start.Second, "SECONDLY"),
            ("BYMINUTE", _start.Minute, "SECONDLY MINUTELY"),
            ("BYHOUR", _start.Hour, "SECONDLY MINUTELY HOURLY"),
        ];
        foreach (var (part, value, within) in times)
        {
            if (!within.Split(' ').Contains(_frequency, StringComparer.Ordinal))
            {
                _parts.TryAdd(part, Text(value));
            }
        }
    }

    private void CompleteDay()
    {
        if (_frequency is "WEEKLY" || _parts.ContainsKey("BYWEEKNO"))
        {
            _parts["BYDAY"] = Weekdays[(int)_start.DayOfWeek];
        }
        else if (_frequency is "YEARLY" or "MONTHLY")
        {
            _parts["BYMONTHDAY"] = Text(_start.Day);
            if (_frequency is "YEARLY")
            {
                _parts.TryAdd("BYMONTH", Text(_start.Month));
            }
        }
    }

    private bool IsTime(int second) =>
        Has("BYHOUR", second / 3600) && Has("BYMINUTE", second / 60 % 60) && Has("BYSECOND", second % 60);

    private bool IsDay(DateTime day)
    {
        var newYear = new DateTime(day.Year + 1, 1, 1);
        var newMonth = new DateTime(day.Year, day.Month, 1).AddMonths(1);
        var isWeek = !_parts.ContainsKey("BYWEEKNO");
        if (!isWeek)
        {
            var year = day >= FirstWeek(day.Year + 1) ? day.Year + 1 : day >= FirstWeek(day.Year) ? day.Year : day.Year - 1;
            isWeek = Has("BYWEEKNO", ((day - FirstWeek(year)).Days / 7) + 1)
                || Has("BYWEEKNO", -(((FirstWeek(year + 1) - day).Days + 6) / 7));
        }

        return isWeek
            && Has("BYMONTH", day.Month)
            && (Has("BYMONTHDAY", day.Day) || Has("BYMONTHDAY", -(newMonth - day).Days))
            && (Has("BYYEARDAY", day.DayOfYear) || Has("BYYEARDAY", -(newYear - day).Days))
            && (!_parts.TryGetValue("BYDAY", out var weekdays) || weekdays.Split(',').Any(item => IsWeekday(item, day)));
    }

    private bool IsWeekday(string item, DateTime day)
    {
        if (!string.Equals(item[^2..], Weekdays[(int)day.DayOfWeek], StringComparison.Ordinal) || item.Length == 2)
        {
            return item.Length == 2 && item.Equals(Weekdays[(int)day.DayOfWeek], StringComparison.Ordinal);
        }

        var isMonth = _frequency is "MONTHLY" || _parts.ContainsKey("BYMONTH");
        var first = isMonth ? new DateTime(day.Year, day.Month, 1) : new DateTime(day.Year, 1, 1);
        var length = ((isMonth ? first.AddMonths(1) : first.AddYears(1)) - first).Days;
        var same = Enumerable.Range(0, length).Select(n => first.AddDays(n)).Where(d => d.DayOfWeek == day.DayOfWeek).ToList();
        var ordinal = int.Parse(item[..^2], CultureInfo.InvariantCulture);
        var index = ordinal > 0 ? ordinal - 1 : same.Count + ordinal;
        return index >= 0 && index < same.Count && same[index] == day;
    }

    // The week with four days or more in the year begins between 29 December and 4 January.
    private DateTime FirstWeek(int year) =>
        Enumerable.Range(-3, 7).Select(n => new DateTime(year, 1, 1).AddDays(n)).Single(d => d.DayOfWeek == _weekStart);

    private bool Has(string part, int value)
    {
        if (!_numbers.TryGetValue(part, out var numbers))
        {
            var isThere = _parts.TryGetValue(part, out var list);
            numbers = isThere ? [.. list!.Split(',').Select(static item => int.Parse(item, CultureInfo.InvariantCulture))] : null;
            _numbers.Add(part, numbers);
        }

        return numbers is null || numbers.Contains(value);
    }

    private long Period(DateTime time)
    {
        var week = time.Date;
        while (_frequency is "WEEKLY" && week.DayOfWeek != _weekStart)
        {
            week = week.AddDays(-1);
        }

        var since = time - new DateTime(2000, 1, 1);
        return _frequency switch
        {
            "YEARLY" => time.Year,
            "MONTHLY" => (time.Year * 12) + time.Month,
            "WEEKLY" => (week - new DateTime(1999, 1, 1)).Days / 7,
            "DAILY" => since.Days,
            "HOURLY" => (long)since.TotalHours,
            "MINUTELY" => (long)since.TotalMinutes,
            _ => (long)since.TotalSeconds,
        };
    }

    private IEnumerable<DateTime> AtPositions(List<DateTime> period)
    {
        return _parts.ContainsKey("BYSETPOS")
            ? period.Where((_, i) => Has("BYSETPOS", i + 1) || Has("BYSETPOS", i - period.Count))
            : period;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
