using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class RecurrenceReferenceTests
{
    private const int Rules = 500;

    private static readonly (string Frequency, int Days)[] Stretches =
    [
        ("YEARLY", 4_500), ("MONTHLY", 2_000), ("WEEKLY", 1_000), ("DAILY", 500), ("HOURLY", 60), ("MINUTELY", 8), ("SECONDLY", 2),
    ];

    [Fact]
    public void Random_rules_name_exactly_what_a_second_by_second_reading_does()
    {
        var random = new Random(5545);
        var rules = new RandomRecurrence(random);
        var (compared, firing) = (0, 0);
        for (var i = 0; i < Rules; i++)
        {
            var (frequency, days) = Stretches[i % Stretches.Length];
            var start = new DateTime(2020, 1, 1).AddDays(random.Next(1_500)).AddSeconds(random.Next(86_400));
            var rule = rules.Rule(frequency, start);
            var spec = new ScheduleSpec { Rrule = rule, Start = new DateTimeOffset(start, TimeSpan.Zero) };
            var horizon = start.AddDays(days);
            var expected = new NaiveRecurrence(rule, start).Until(horizon).TakeWhile(time => time < horizon).ToList();
            if (ScheduleValidator.Validate(spec, Due.JobId) is [var problem])
            {
                Assert.Contains("never fires", problem, StringComparison.Ordinal);
                Assert.True(expected.Count == 0, $"{rule} from {start:s}: refused, but it names {expected.FirstOrDefault():s}");
                continue;
            }

            var schedule = spec.Schedule();
            AssertSame(rule, schedule, expected, start, horizon);
            AssertSame(rule, schedule, expected, start.AddSeconds(random.Next(days * 86_400)), horizon);
            firing++;
            compared += expected.Count;
        }

        Assert.InRange(firing, Rules / 2, Rules);
        Assert.InRange(compared, 100_000, int.MaxValue);
    }

    private static void AssertSame(string rule, ISchedule schedule, List<DateTime> all, DateTime from, DateTime horizon)
    {
        var expected = all.Where(time => time >= from).Take(3_000).ToList();
        var actual = schedule.From(new DateTimeOffset(from, TimeSpan.Zero).AddTicks(-1))
            .Select(static occurrence => occurrence.DateTime)
            .TakeWhile(time => time < horizon)
            .Take(3_000)
            .ToList();
        var differs = expected.Zip(actual).FirstOrDefault(static pair => pair.First != pair.Second);
        Assert.True(
            expected.SequenceEqual(actual),
            $"{rule} after {from:s}: {expected.Count} expected, {actual.Count} found, first difference {differs}");
    }
}
