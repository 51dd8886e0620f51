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
        var setting = Setting(dialect);
        if (expression.Length > MaxLength)
        {
            problems.Add(setting, expression, $"is {expression.Length} characters long", $"at most {MaxLength}");
            return null;
        }

        var text = expression.Trim();
        if (dialect == CronDialect.Crontab)
        {
            text = Macros.GetValueOrDefault(text, text);
        }

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (Layout(parts.Length, dialect) is not { } kinds)
        {
            var allowed = dialect == CronDialect.Quartz ? QuartzLayout : CrontabLayout + string.Join(' ', Macros.Keys);
            problems.Add(setting, expression, $"has {parts.Length} fields", allowed);
            return null;
        }

        if (dialect == CronDialect.Quartz && (parts[3] is "?") == (parts[5] is "?"))
        {
            var days = $"has day-of-month {ScheduleProblems.Quote(parts[3])} and day-of-week "
                + ScheduleProblems.Quote(parts[5]);
            problems.Add(setting, expression, days, "? in exactly one of the two");
            return null;
        }

        var fields = new List<CronField>();
        foreach (var (part, kind) in (parts.Length == 5 ? ["0", .. parts] : parts).Zip(kinds))
        {
            var parser = new CronFieldParser(kind, dialect, jobId);
            var (field, problem) = parser.Parse(part);
            if (field is null)
            {
                problems.Add(setting, expression, problem!, parser.Allowed);
            }
            else
            {
                fields.Add(field);
            }
        }

        return fields.Count == kinds.Length ? new CronPattern(fields) : null;
    }

    /// <summary>The configuration key of a dialect.</summary>
    public static string Setting(CronDialect dialect) => dialect == CronDialect.Quartz ? "quartz-cron" : "cron";

    private static CronFieldKind[]? Layout(int fields, CronDialect dialect) => (fields, dialect) switch
    {
        (5 or 6, CronDialect.Crontab) => [.. CommonFields, CronFieldKind.CrontabDayOfWeek],
        (6, CronDialect.Quartz) => [.. CommonFields, CronFieldKind.QuartzDayOfWeek],
        (7, CronDialect.Quartz) => [.. CommonFields, CronFieldKind.QuartzDayOfWeek, CronFieldKind.Year],
        _ => null,
    };
}
