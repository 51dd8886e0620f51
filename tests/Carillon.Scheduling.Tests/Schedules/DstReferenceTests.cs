using System.Collections;
using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class DstReferenceTests
{
    private static readonly DateTimeOffset From = Due.At("2015-01-01 00:00:00");
    private static readonly DateTimeOffset To = Due.At("2031-01-01 00:00:00");

    // Berlin changes at 2 and 3 o'clock, New York at 2, Lord Howe by half an hour, Casablanca four times a year, Sao
    // Paulo at midnight until 2019.
    private static readonly string[] Expressions =
    [
        "* 0-3,23 * * SAT,SUN",
        "*/30 * * * *",
        "30 2 * * *",
        "0 2,3 * * *",
        "15,45 1-2 * * *",
        "0 0 * * *",
        "59 23,0 * * *",
        "5/20 */2 8-14,25-31 3,10,11 SUN",
    ];

    [Theory]
    [InlineData("Europe/Berlin", 16)]
    [InlineData("America/New_York", 16)]
    [InlineData("Australia/Lord_Howe", 16)]
    [InlineData("Africa/Casablanca", 20)]
    [InlineData("America/Sao_Paulo", 4)]
    public void Cron_under_every_policy_is_due_exactly_when_a_reading_of_the_wall_clock_says(
        string zone, int leastGaps)
    {
        var clock = new ZoneClock(zone, From.AddDays(-1), To);

        Assert.True(clock.Gaps.Count >= leastGaps, $"{zone} has only {clock.Gaps.Count} gaps");
        foreach (var expression in Expressions)
        {
            var matches = Matches(clock, new NaiveCron(expression));
            foreach (var dst in Enum.GetValues<DstPolicy>())
            {
                var expected = Expected(clock, matches, dst);
                AssertSame(new ScheduleSpec { Cron = expression, TimeZone = zone, Dst = dst }, clock, expected);
            }
        }
    }

    private static BitArray Matches(ZoneClock clock, NaiveCron cron)
    {
        var matches = new BitArray(clock.Walls.Length + 2880);
        for (var wall = 0; wall < matches.Length; wall++)
        {
            matches[wall] = cron.Matches(new DateTime((clock.FirstWall + wall) * TimeSpan.TicksPerMinute));
        }

        return matches;
    }

    private static BitArray Expected(ZoneClock clock, BitArray matches, DstPolicy dst)
    {
        var due = new BitArray(clock.Walls.Length);
        for (var minute = 0; minute < due.Length; minute++)
        {
            due[minute] = matches[clock.Walls[minute] - clock.FirstWall];
        }

        foreach (var (minute, earlier) in clock.Repeats)
        {
            due[dst == DstPolicy.Last ? earlier : minute] &= dst == DstPolicy.Both;
        }

        foreach (var (minute, missing) in clock.Gaps.Where(_ => dst != DstPolicy.Skip))
        {
            due[minute] |= Enumerable.Range(missing, clock.Walls[minute] - missing)
                .Any(wall => matches[wall - clock.FirstWall]);
        }

        return due;
    }

    private static void AssertSame(ScheduleSpec spec, ZoneClock clock, BitArray expected)
    {
        var schedule = spec.Schedule();
        var next = schedule.Next(From.AddTicks(-1));
        var count = 0;
        for (var minute = (int)(From - clock.From).TotalMinutes; minute < expected.Length; minute++)
        {
            if (expected[minute])
            {
                var instant = clock.From.AddMinutes(minute);
                Assert.True(next == instant, $"{spec}: {next:O} instead of {instant:O}");
                next = schedule.Next(instant);
                count++;
            }
        }

        Assert.True(next >= To, $"{spec}: {next:O} is one too many");
        Assert.True(count > 100, $"{spec}: only {count} were compared");
    }
}
