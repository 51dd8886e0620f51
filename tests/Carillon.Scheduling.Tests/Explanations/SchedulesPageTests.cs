using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Explanations;
using Carillon.Scheduling.Schedules;
using Carillon.Scheduling.Tests.Schedules;

namespace Carillon.Scheduling.Tests.Explanations;

/// <summary>What the page about schedules says is so.</summary>
public sealed class SchedulesPageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(
        new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!.FullName, "docs", "schedules.md"));

    [Fact]
    public void Expressions_are_due_when_the_page_says()
    {
        var rows = Rows("| expression | first due after 2026-01-01T00:00:00Z |");

        Assert.True(rows.Count >= 6, $"only {rows.Count} rows");
        Assert.All(rows, static row => Assert.Equal(
            row[1],
            new ScheduleSpec { Cron = row[0] }.Schedule().Next(Due.At("2026-01-01 00:00:00"))!.Value
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Rules_are_due_when_the_page_says()
    {
        var rows = Rows("| rule, with `start = 2026-01-01T09:00:00Z` | first due after 2026-01-01T10:00:00Z |");

        Assert.True(rows.Count >= 6, $"only {rows.Count} rows");
        Assert.All(rows, static row =>
        {
            var spec = new ScheduleSpec { Rrule = row[0], Start = Due.At("2026-01-01 09:00:00") };
            var due = ScheduleValidator.Validate(spec, Due.JobId).Count > 0 ? "refused" : spec.Schedule()
                .Next(Due.At("2026-01-01 10:00:00"))!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            Assert.Equal(row[1], due);
        });
    }

    [Fact]
    public void Policies_do_on_the_two_dates_what_the_page_says()
    {
        var rows = Rows("| `dst` | 2026-03-29 | 2026-10-25 |");

        var told = rows
            .SelectMany(static row => row[0].Split(", "), static (row, policy) =>
                (Policy: Enum.Parse<DstPolicy>(policy.Split('`', ' ')[0], ignoreCase: true), row))
            .ToDictionary(static told => told.Policy, static told => told.row);
        Assert.Equal(Enum.GetValues<DstPolicy>().Order(), told.Keys.Order());
        Assert.All(told, static policy => Assert.Equal(
            (policy.Value[1], policy.Value[2]), (RunsOn("2026-03-29", policy.Key), RunsOn("2026-10-25", policy.Key))));
    }

    private static string RunsOn(string date, DstPolicy dst)
    {
        var spec = new ScheduleSpec { Cron = "30 2 * * *", TimeZone = "Europe/Berlin", Dst = dst };
        var before = Due.At(date + " 00:00:00").AddHours(-6);
        var times = ScheduleExplainer.Explain(spec, Due.JobId, Due.Anchor, CalendarSet.Empty, before, 3).Items
            .Where(item => item.Runs && item.LocalTime.StartsWith(date, StringComparison.Ordinal))
            .Select(static item => item.LocalTime[11..16] + item.LocalTime[19..])
            .ToList();
        return times.Count == 0 ? "–" : string.Join(", ", times);
    }

    /// <summary>The cells of the table with a heading, without the marks of code.</summary>
    private static List<string[]> Rows(string heading) =>
    [
        .. Lines.SkipWhile(line => !string.Equals(line, heading, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .Select(static line => line.Replace("`", string.Empty, StringComparison.Ordinal))
            .Select(static line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1]),
    ];
}
