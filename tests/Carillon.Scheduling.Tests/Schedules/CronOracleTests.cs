using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class CronOracleTests
{
    private const int Expressions = 150;
    private static readonly DateTimeOffset From = Due.At("2026-01-01 00:00:00");
    private static readonly DateTimeOffset ClockFrom = From.AddHours(-2);
    private static readonly DateTimeOffset To = Due.At("2027-01-01 00:00:00");

    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "Europe/Dublin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kathmandu",
    ];

    [Fact]
    public void Random_expressions_are_due_exactly_when_a_minute_by_minute_reading_says()
    {
        var random = new Random(20260101);
        var expressions = new RandomCron(random);
        var clocks = Zones.ToDictionary(zone => zone, Clock, StringComparer.Ordinal);
        for (var i = 0; i < Expressions; i++)
        {
            var spec = new ScheduleSpec
            {
                Cron = expressions.Expression(),
                TimeZone = Zones[random.Next(Zones.Length)],
                Dst = (DstPolicy)random.Next(5),
            };
            if (ScheduleValidator.Validate(spec, Due.JobId) is [var problem])
            {
                Assert.Contains("never fires", problem, StringComparison.Ordinal);
                Assert.Empty(Naive(spec, clocks[spec.TimeZone]));
                continue;
            }

            var due = spec.Schedule().From(From.AddTicks(-1)).TakeWhile(next => next < To);
            AssertSame(spec, Naive(spec, clocks[spec.TimeZone]), [.. due]);
        }
    }

    /// <summary>Walks the zone's clock: what it jumps over is missing, what it returns to is repeated.</summary>
    private static List<DateTimeOffset> Naive(ScheduleSpec spec, DateTime[] clock)
    {
        var cron = new NaiveCron(spec.Cron!);
        var shown = new Dictionary<DateTime, DateTimeOffset>();
        var due = new HashSet<DateTimeOffset>();
        var previous = clock[0];
        var instant = ClockFrom;
        foreach (var wall in clock)
        {
            for (var missing = previous.AddMinutes(1); missing < wall; missing = missing.AddMinutes(1))
            {
                if (spec.Dst != DstPolicy.Skip && cron.Matches(missing))
                {
                    due.Add(instant);
                }
            }

            if (cron.Matches(wall))
            {
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

            previous = wall;
            instant = instant.AddMinutes(1);
        }

        return [.. due.Where(occurrence => occurrence >= From).Order()];
    }

    private static DateTime[] Clock(string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        return
        [
            .. Enumerable.Range(0, (int)(To - ClockFrom).TotalMinutes)
                .Select(minute => TimeZoneInfo.ConvertTime(ClockFrom.AddMinutes(minute), zone).DateTime),
        ];
    }

    private static void AssertSame(ScheduleSpec spec, List<DateTimeOffset> expected, List<DateTimeOffset> actual)
    {
        var differs = expected.Zip(actual).FirstOrDefault(pair => pair.First != pair.Second);
        Assert.True(
            expected.SequenceEqual(actual),
            $"{spec}: {expected.Count} expected, {actual.Count} found, first difference {differs}");
    }
}
