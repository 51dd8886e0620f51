using System.Globalization;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>One field of a cron expression in words.</summary>
internal static class FieldWords
{
    // Values that are this many at a constant distance read better as steps.
    private const int FewestSteps = 3;

    private static readonly string[] Months =
    [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ];

    /// <summary>What the field means.</summary>
    public static string Describe(CronReadField read)
    {
        var (kind, field) = (read.Kind, read.Field);
        if (!field.IsRestricted)
        {
            return IsDay(kind) ? "any" : $"every {kind.Name}";
        }

        var parts = new List<string>();
        if (field.Values.Count > 0)
        {
            parts.Add(Values(kind, [.. field.Values.Order()]));
        }

        parts.AddRange(field.DayOfMonthRules.Select(Rule));
        parts.AddRange(field.DayOfWeekRules.Select(Rule));
        return Words.List(parts);
    }

    private static string Values(CronFieldKind kind, int[] values)
    {
        var (first, last) = (values[0], values[^1]);
        var step = values.Length < FewestSteps ? 0 : values[1] - first;
        if (values.Length < FewestSteps || values.Zip(values.Skip(1)).Any(pair => pair.Second - pair.First != step))
        {
            return Words.List(Ranges(kind, values));
        }

        return step == 1
            ? $"{Name(kind, first)} to {Name(kind, last)}"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"every {Words.Ordinal(step)} from {Name(kind, first)} to {Name(kind, last)}");
    }

    private static List<string> Ranges(CronFieldKind kind, int[] values)
    {
        var ranges = new List<string>();
        for (var i = 0; i < values.Length; i++)
        {
            var first = i;
            while (i + 1 < values.Length && values[i + 1] == values[i] + 1)
            {
                i++;
            }

            if (i - first < 2)
            {
                i = first;
            }

            ranges.Add(i > first ? $"{Name(kind, values[first])} to {Name(kind, values[i])}" : Name(kind, values[i]));
        }

        return ranges;
    }

    private static string Rule(DayOfMonthRule rule) => (rule.Day, rule.NearestWeekday) switch
    {
        (0, false) => "the last day of the month",
        (0, true) => "the last Monday to Friday of the month",
        ( < 0, false) => Inverse(rule.Day),
        ( < 0, true) => "the Monday to Friday nearest to " + Inverse(rule.Day),
        _ => "the Monday to Friday nearest to day " + Number(rule.Day),
    };

    private static string Inverse(int day) => $"{Number(-day)} days before the last day of the month";

    private static string Rule(DayOfWeekRule rule)
    {
        var which = rule.Nth == 0 ? "last" : Words.Ordinal(rule.Nth);
        return $"the {which} {(DayOfWeek)rule.Weekday} of the month";
    }

    private static string Name(CronFieldKind kind, int value)
    {
        if (kind == CronFieldKind.Month)
        {
            return Months[value - 1];
        }

        return IsDay(kind) && kind != CronFieldKind.DayOfMonth ? ((DayOfWeek)value).ToString() : Number(value);
    }

    private static bool IsDay(CronFieldKind kind) =>
        kind == CronFieldKind.DayOfMonth
        || kind == CronFieldKind.CrontabDayOfWeek
        || kind == CronFieldKind.QuartzDayOfWeek;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
