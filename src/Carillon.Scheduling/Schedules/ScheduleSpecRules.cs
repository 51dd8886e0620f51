using System.Globalization;
using Carillon.Model;

namespace Carillon.Scheduling.Schedules;

/// <summary>The rules a schedule must keep, apart from the grammar of its expression.</summary>
internal static class ScheduleSpecRules
{
    private const int MaxCalendars = 20;
    private const int FirstRuleYear = 1900;
    private const int LastRuleYear = 9000;
    private static readonly string[] Kinds = ["cron", "quartz-cron", "rrule", "every", "at"];
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(400);
    private static readonly TimeSpan LongestJitter = TimeSpan.FromDays(1);

    /// <summary>Adds every rule that is broken.</summary>
    public static void Check(ScheduleSpec spec, ScheduleProblems problems)
    {
        CheckKind(spec, problems);
        CheckEvery(spec, problems);
        CheckJitter(spec, problems);
        CheckBounds(spec, problems);
        if (spec.Exclude.Count > MaxCalendars)
        {
            problems.Add("exclude", Text(spec.Exclude.Count), "are too many calendars", $"at most {MaxCalendars}");
        }

        if (ZoneTimeline.Find(spec.TimeZone) is null)
        {
            problems.Add("time-zone", Text(spec.TimeZone), "is not a known time zone", $"an IANA id such as {SuggestedZone(spec.TimeZone)}");
        }

        if (!Enum.IsDefined(spec.Dst))
        {
            problems.Add("dst", Text(spec.Dst), "is not a policy", "skip, shift, first, last, both");
        }
    }

    /// <summary>The id that differs in a third of its letters at most, or two well-known ones.</summary>
    private static string SuggestedZone(string written)
    {
        var nearest = NearestWord.Of(written, TimeZoneInfo.GetSystemTimeZones().Select(static zone => zone.Id));
        return NearestWord.Distance(written, nearest) * 3 <= nearest.Length ? nearest : "Europe/Berlin or UTC";
    }

    private static void CheckKind(ScheduleSpec spec, ScheduleProblems problems)
    {
        var set = Array.FindAll(Kinds, kind => Value(spec, kind) is not null);
        if (set.Length > 1)
        {
            var problem = $"is set together with {string.Join(", ", set[1..])}";
            problems.Add(set[0], Text(Value(spec, set[0])), problem, $"at most one of {string.Join(", ", Kinds)}");
        }
    }

    private static void CheckEvery(ScheduleSpec spec, ScheduleProblems problems)
    {
        if (!Enum.IsDefined(spec.EveryFrom))
        {
            problems.Add("every-from", Text(spec.EveryFrom), "is not known", "start, end");
        }
        else if (spec.EveryFrom == EveryFrom.End && spec.Every is null)
        {
            problems.Add("every-from", "end", "is set without every", "every-from = end together with every");
        }

        if (spec.Every is not { } every)
        {
            return;
        }

        if (every < ShortestPeriod || every > LongestPeriod)
        {
            problems.Add("every", Text(every), "is out of range", "1 ms to 400 d");
        }
        else if (every.Ticks % TimeSpan.TicksPerMicrosecond != 0)
        {
            problems.Add("every", Text(every), "is finer than a microsecond", "whole microseconds");
        }
    }

    private static void CheckJitter(ScheduleSpec spec, ScheduleProblems problems)
    {
        if (spec.Jitter < TimeSpan.Zero || spec.Jitter > LongestJitter)
        {
            problems.Add("jitter", Text(spec.Jitter), "is out of range", "0 to 1 d");
        }
        else if (spec.Jitter > TimeSpan.Zero && spec.Jitter >= spec.Every)
        {
            problems.Add("jitter", Text(spec.Jitter), "is not less than every", $"less than {Text(spec.Every)}");
        }
    }

    private static void CheckBounds(ScheduleSpec spec, ScheduleProblems problems)
    {
        if (spec.End <= spec.Start)
        {
            problems.Add("end", Text(spec.End), "is not after start", $"later than {Text(spec.Start)}");
        }

        if (spec.Rrule is not null && spec.Start is { UtcDateTime.Year: < FirstRuleYear or > LastRuleYear })
        {
            problems.Add("start", Text(spec.Start), "is out of range for a rule", $"{FirstRuleYear} to {LastRuleYear}");
        }

        if (spec.At < spec.Start)
        {
            problems.Add("at", Text(spec.At), "is before start", $"{Text(spec.Start)} or later");
        }

        if (spec.At >= spec.End)
        {
            problems.Add("at", Text(spec.At), "is not before end", $"earlier than {Text(spec.End)}");
        }
    }

    private static object? Value(ScheduleSpec spec, string kind) => kind switch
    {
        "cron" => spec.Cron,
        "quartz-cron" => spec.QuartzCron,
        "rrule" => spec.Rrule,
        "every" => spec.Every,
        _ => spec.At,
    };

    private static string Text(object? value) => value switch
    {
        TimeSpan duration => DurationText.Format(duration),
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? string.Empty,
    };
}
