namespace Carillon.Scheduling.Schedules;

/// <summary>Reads a whole cron expression of either dialect into a pattern.</summary>
internal static class CronParser
{
    private const int MaxLength = 1000;

    private const string CrontabLayout =
        "5 fields (minute hour day-of-month month day-of-week), 6 with seconds first, or one of ";

    private const string QuartzLayout =
        "6 fields (second minute hour day-of-month month day-of-week) or 7 with the year last";

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    private static readonly CronFieldKind[] CommonFields =
    [
        CronFieldKind.Second,
        CronFieldKind.Minute,
        CronFieldKind.Hour,
        CronFieldKind.DayOfMonth,
        CronFieldKind.Month,
    ];

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">The text as written.</param>
    /// <param name="dialect">How it is laid out and numbered.</param>
    /// <param name="jobId">What <c>H</c> is spread by.</param>
    /// <param name="problems">Receives every field that is wrong.</param>
    /// <returns>The pattern, or null when there were problems.</returns>
    public static CronPattern? Parse(string expression, CronDialect dialect, string jobId, ScheduleProblems problems)
    {
        var reading = Read(expression, dialect, jobId);
        foreach (var fault in reading.Faults)
        {
            problems.Add(Setting(dialect), expression, fault.Problem, fault.Allowed);
        }

        return reading.Faults.Count == 0 ? new CronPattern([.. reading.Fields.Select(read => read.Field)]) : null;
    }

    /// <summary>Reads an expression field by field.</summary>
    /// <inheritdoc cref="Parse"/>
    public static CronReading Read(string expression, CronDialect dialect, string jobId)
    {
        if (expression.Length > MaxLength)
        {
            return Wrong(new CronFault(0, 0, $"is {expression.Length} characters long", $"at most {MaxLength}"));
        }

        var parts = Parts(expression);
        if (dialect == CronDialect.Crontab && parts is [var only] && Macros.TryGetValue(only.Text, out var meant))
        {
            parts = Parts(meant);
        }

        if (Layout(parts.Count, dialect) is not { } kinds)
        {
            var allowed = dialect == CronDialect.Quartz ? QuartzLayout : CrontabLayout + string.Join(' ', Macros.Keys);
            return Wrong(new CronFault(expression.TrimEnd().Length, 0, $"has {parts.Count} fields", allowed));
        }

        if (dialect == CronDialect.Quartz && (parts[3].Text is "?") == (parts[5].Text is "?"))
        {
            var (day, weekday) = (parts[3], parts[5]);
            var days = $"has day-of-month {ScheduleProblems.Quote(day.Text)} and day-of-week "
                + ScheduleProblems.Quote(weekday.Text);
            return Wrong(new CronFault(weekday.Start, weekday.Text.Length, days, "? in exactly one of the two"));
        }

        var hasSeconds = parts.Count > CommonFields.Length;
        return Read(hasSeconds ? parts : [(0, "0"), .. parts], kinds, dialect, jobId) with { HasSeconds = hasSeconds };
    }

    /// <summary>The configuration key of a dialect.</summary>
    public static string Setting(CronDialect dialect) => dialect == CronDialect.Quartz ? "quartz-cron" : "cron";

    private static CronReading Read(
        IReadOnlyList<(int Start, string Text)> parts,
        CronFieldKind[] kinds,
        CronDialect dialect,
        string jobId)
    {
        var (fields, faults) = (new List<CronReadField>(), new List<CronFault>());
        foreach (var ((start, text), kind) in parts.Zip(kinds))
        {
            var parser = new CronFieldParser(kind, dialect, jobId);
            var (field, problem) = parser.Parse(text);
            if (field is null)
            {
                faults.Add(new CronFault(start, text.Length, problem!, parser.Allowed));
            }
            else
            {
                fields.Add(new CronReadField(kind, text, field));
            }
        }

        return new CronReading(fields, faults, HasSeconds: false);
    }

    private static CronReading Wrong(CronFault fault) => new([], [fault], HasSeconds: false);

    private static List<(int Start, string Text)> Parts(string expression)
    {
        var parts = new List<(int, string)>();
        var at = 0;
        while (at < expression.Length)
        {
            var start = at;
            while (at < expression.Length && !char.IsWhiteSpace(expression[at]))
            {
                at++;
            }

            if (at > start)
            {
                parts.Add((start, expression[start..at]));
            }

            at++;
        }

        return parts;
    }

    private static CronFieldKind[]? Layout(int fields, CronDialect dialect) => (fields, dialect) switch
    {
        (5 or 6, CronDialect.Crontab) => [.. CommonFields, CronFieldKind.CrontabDayOfWeek],
        (6, CronDialect.Quartz) => [.. CommonFields, CronFieldKind.QuartzDayOfWeek],
        (7, CronDialect.Quartz) => [.. CommonFields, CronFieldKind.QuartzDayOfWeek, CronFieldKind.Year],
        _ => null,
    };
}
