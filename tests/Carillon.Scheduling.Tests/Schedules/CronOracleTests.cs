using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class CronOracleTests
{
    private const int Expressions = 300;
    private static readonly DateTimeOffset From = Due.At("2026-01-01 00:00:00");
    private static readonly DateTimeOffset To = Due.At("2027-01-01 00:00:00");

    private static readonly string[] Zones =
        ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "Europe/Dublin"];

    [Fact]
    public void Random_expressions_are_due_exactly_when_a_minute_by_minute_reading_says()
    {
        var random = new Random(20260101);
        var expressions = new RandomCron(random);
        for (var i = 0; i < Expressions; i++)
        {
            var spec = new ScheduleSpec
            {
                Cron = expressions.Expression(),
                TimeZone = Zones[random.Next(Zones.Length)],
                Dst = (DstPolicy)random.Next(5),
            };
            if (ScheduleValidator.Validate(spec, Due.JobId).Any(problem => problem.Contains("never fires", StringComparison.Ordinal)))
            {
                Assert.Empty(Naive(spec));
                continue;
            }

            var due = spec.Schedule().From(From.AddTicks(-1)).TakeWhile(next => next < To);
            AssertSame(spec, Naive(spec), [.. due]);
        }
    }

    /// <summary>Walks the year in UTC minutes and reads the zone's clock at each: jumps are gaps, returns are repeats.</summary>
    private static List<DateTimeOffset> Naive(ScheduleSpec spec)
    {
        var cron = new NaiveCron(spec.Cron!);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone);
        var shown = new Dictionary<DateTime, DateTimeOffset>();
        var due = new SortedSet<DateTimeOffset>();
        var previous = Wall(zone, From.AddHours(-2).AddMinutes(-1));
        for (var instant = From.AddHours(-2); instant < To; instant = instant.AddMinutes(1))
        {
            var wall = Wall(zone, instant);
            for (var missing = previous.AddMinutes(1); missing < wall; missing = missing.AddMinutes(1))
            {
                if (spec.Dst != DstPolicy.Skip && cron.Matches(missing))
                {
                    due.Add(instant);
                }
            }

            previous = wall;
            if (!cron.Matches(wall))
            {
                continue;
            }

            var isRepeat = shown.TryGetValue(wall, out var earlier);
            shown[wall] = instant;
            if (isRepeat && spec.Dst == DstPolicy.Last)
            {
                due.Remove(earlier);
            }

            if (!isRepeat || spec.Dst is DstPolicy.Last or DstPolicy.Both)
            {
                due.Add(instant);
            }
        }

        return [.. due.Where(instant => instant >= From)];
    }

    private static DateTime Wall(TimeZoneInfo zone, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static void AssertSame(ScheduleSpec spec, List<DateTimeOffset> expected, List<DateTimeOffset> actual)
    {
        var differs = expected.Zip(actual).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.True(
            expected.SequenceEqual(actual),
            string.Create(CultureInfo.InvariantCulture, $"{spec}: {expected.Count} expected, {actual.Count} found, {differs}"));
    }
}
