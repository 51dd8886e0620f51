namespace Carillon.Scheduling.Schedules;

/// <summary>
/// Reads one field of a cron expression: a comma-separated list of values, ranges, steps, H and day rules.
/// </summary>
/// <param name="kind">Which field.</param>
/// <param name="dialect">How it is numbered.</param>
/// <param name="jobId">What <c>H</c> is spread by.</param>
internal sealed class CronFieldParser(CronFieldKind kind, CronDialect dialect, string jobId)
{
    /// <summary>What the field may hold, for messages.</summary>
    public string Allowed
    {
        get
        {
            var names = kind.Names.Count == 0 ? string.Empty : $" or {kind.Names[0]}-{kind.Names[^1]}";
            var spread = dialect == CronDialect.Crontab ? $", H, H/n, H({kind.Min}-{kind.SpreadLast})" : string.Empty;
            var days = (IsDayOfMonth, IsDayOfWeek, dialect) switch
            {
                (true, _, _) => ", ?, L, L-3, LW, 15W",
                (_, true, CronDialect.Quartz) => ", ?, L, 6L, 6#3",
                (_, true, _) => ", ?, 5L, 5#2",
                _ => string.Empty,
            };
            return $"*, {kind.Min}-{kind.Max}{names}, lists a,b, ranges a-b, steps */n of 1-{kind.Max}{spread}{days}";
        }
    }

    private bool IsDayOfMonth => kind == CronFieldKind.DayOfMonth;

    private bool IsDayOfWeek => kind == CronFieldKind.CrontabDayOfWeek || kind == CronFieldKind.QuartzDayOfWeek;

    /// <summary>Reads the field.</summary>
    /// <returns>The field, or the first part of it that is wrong and why.</returns>
    public (CronField? Field, string? Problem) Parse(string text)
    {
        var isWildcard = text is "*" || (text is "?" && (IsDayOfMonth || IsDayOfWeek));
        var field = new CronField { IsRestricted = !isWildcard };
        foreach (var element in isWildcard ? ["*"] : text.Split(','))
        {
            var reason = Add(element, field);
            if (reason is not null)
            {
                return (null, $"has {kind.Name} {ScheduleProblems.Quote(element)}, which {reason}");
            }
        }

        return (field, null);
    }

    private string? Add(string element, CronField field)
    {
        if ((IsDayOfMonth && TryDayOfMonthRule(element, field)) || (IsDayOfWeek && TryDayOfWeekRule(element, field)))
        {
            return null;
        }

        var slash = element.IndexOf('/', StringComparison.Ordinal);
        int? step = null;
        if (slash >= 0)
        {
            if (!CronFieldKind.TryNumber(element[(slash + 1)..], 1, kind.Max, out var number))
            {
                return $"has a step outside 1-{kind.Max}";
            }

            step = number;
        }

        var body = slash >= 0 ? element[..slash] : element;
        return dialect == CronDialect.Crontab && body is ['H' or 'h', ..]
            ? AddSpread(body, step, field)
            : AddRange(body, step, field);
    }

    private string? AddRange(string body, int? step, CronField field)
    {
        if (!TryRange(body, isOpen: step is not null, out var first, out var last))
        {
            return "is not a value of this field";
        }

        if (last < first)
        {
            if (dialect == CronDialect.Crontab && IsDayOfWeek && last == 0)
            {
                last = 7;
            }
            else if (dialect == CronDialect.Quartz && kind != CronFieldKind.Year)
            {
                last += kind.Max - kind.Min + 1;
            }
            else
            {
                return "is a range that ends before it starts";
            }
        }

        field.Values.EnsureCapacity(field.Values.Count + ((last - first) / (step ?? 1)) + 1);
        for (var value = first; value <= last; value += step ?? 1)
        {
            field.Values.Add(Normal(value > kind.Max ? value - (kind.Max - kind.Min + 1) : value));
        }

        return null;
    }

    private string? AddSpread(string body, int? step, CronField field)
    {
        var (first, last) = (kind.Min, kind.SpreadLast);
        if (body.Length > 1)
        {
            if (body is not [_, '(', .., ')'] || !TryRange(body[2..^1], isOpen: false, out first, out last))
            {
                return "is not a value of this field";
            }

            if (last < first)
            {
                return "is a range that ends before it starts";
            }
        }

        var count = last - first + 1;
        if (step > count)
        {
            return $"has a step greater than its range of {count}";
        }

        var offset = (int)(StableHash.Of(jobId, kind.Name) % (ulong)(step ?? count));
        for (var value = first + offset; value <= last; value += step ?? count)
        {
            field.Values.Add(Normal(value));
        }

        return null;
    }

    private bool TryRange(string text, bool isOpen, out int first, out int last)
    {
        // Quartz takes "/5" for "*/5".
        if (text is "*" || (text.Length == 0 && isOpen && dialect == CronDialect.Quartz))
        {
            (first, last) = (kind.Min, kind.Last);
            return true;
        }

        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash >= 0)
        {
            last = 0;
            return kind.TryValue(text[..dash], out first) && kind.TryValue(text[(dash + 1)..], out last);
        }

        var isValue = kind.TryValue(text, out first);
        last = isOpen ? Math.Max(first, kind.Last) : first;
        return isValue;
    }

    private static bool TryDayOfMonthRule(string element, CronField field)
    {
        var isWeekday = element is [.., 'W' or 'w'];
        var day = isWeekday ? element[..^1] : element;
        var number = 0;
        var isFromLast = day is ['L' or 'l', ..];
        var isRule = isFromLast
            ? day.Length == 1 || (day[1] == '-' && CronFieldKind.TryNumber(day[2..], 1, 30, out number))
            : isWeekday && CronFieldKind.TryNumber(day, 1, 31, out number);
        if (isRule)
        {
            field.DayOfMonthRules.Add(new DayOfMonthRule(isFromLast ? -number : number, isWeekday));
        }

        return isRule;
    }

    private bool TryDayOfWeekRule(string element, CronField field)
    {
        // A bare L is Saturday in Quartz and nothing in crontab, where nobody agrees on a last weekday.
        if (dialect == CronDialect.Quartz && element.Equals("L", StringComparison.OrdinalIgnoreCase))
        {
            field.Values.Add(6);
            return true;
        }

        var hash = element.IndexOf('#', StringComparison.Ordinal);
        var isLast = element is [.., 'L' or 'l'];
        if (hash < 0 && !isLast)
        {
            return false;
        }

        var nth = 0;
        var isRule = kind.TryValue(isLast ? element[..^1] : element[..hash], out var weekday)
            && (isLast || CronFieldKind.TryNumber(element[(hash + 1)..], 1, 5, out nth));
        if (isRule)
        {
            field.DayOfWeekRules.Add(new DayOfWeekRule(Normal(weekday), nth));
        }

        return isRule;
    }

    private int Normal(int value) => (IsDayOfWeek, dialect) switch
    {
        (true, CronDialect.Quartz) => value - 1,
        (true, _) => value % 7,
        _ => value,
    };
}
