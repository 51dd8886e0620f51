using System.Globalization;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class CrontabReferenceTests
{
    private const int Expressions = 1000;

    // Of an expression that is due nearly every minute, this many tell as much as two million.
    private const int MostCompared = 20_000;

    private static readonly DateTime From = new(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime To = From.AddYears(4); // 2028 is a leap year

    [Fact]
    public void Random_expressions_over_four_years_are_due_exactly_when_a_literal_reading_says()
    {
        var expressions = new RandomCron(new Random(1000));
        var (compared, empty) = (0L, 0);
        for (var i = 0; i < Expressions; i++)
        {
            var count = Compare(expressions.Expression());
            compared += count;
            empty += count == 0 ? 1 : 0;
        }

        Assert.InRange(compared, 1_000_000, long.MaxValue);
        Assert.InRange(empty, 0, Expressions / 10);
    }

    /// <summary>What H stands for is asked of the product; that it then means this number and no other is compared.</summary>
    [Fact]
    public void Spread_means_one_value_of_each_field_and_nothing_else()
    {
        for (var i = 0; i < 100; i++)
        {
            var job = string.Create(CultureInfo.InvariantCulture, $"job-{i}");
            var spread = new ScheduleSpec { Cron = "H H H * *" }.Schedule(job);
            var first = spread.Next(new DateTimeOffset(From))!.Value;
            var plain = string.Create(
                CultureInfo.InvariantCulture, $"{first.Minute} {first.Hour} {first.Day} * *");

            Assert.Equal(48, Compare(spread, plain));
        }
    }

    private static int Compare(string expression)
    {
        var spec = new ScheduleSpec { Cron = expression };
        if (ScheduleValidator.Validate(spec, Due.JobId) is not [var problem])
        {
            return Compare(spec.Schedule(), expression);
        }

        Assert.Contains("never fires", problem, StringComparison.Ordinal);
        Assert.Empty(Naive(expression).Take(1));
        return 0;
    }

    private static int Compare(ISchedule schedule, string expression)
    {
        var count = 0;
        var next = schedule.Next(new DateTimeOffset(From.AddTicks(-1)));
        foreach (var expected in Naive(expression))
        {
            Assert.True(next == expected, $"{expression}: {next:O} instead of {expected:O}");
            if (++count == MostCompared)
            {
                return count;
            }

            next = schedule.Next(next.Value);
        }

        Assert.True(next is null || next.Value.UtcDateTime >= To, $"{expression}: {next:O} is one too many");
        return count;
    }

    /// <summary>Every day of the four years, then every minute of the days that match.</summary>
    private static IEnumerable<DateTimeOffset> Naive(string expression)
    {
        var cron = new NaiveCron(expression);
        for (var day = From; day < To; day = day.AddDays(1))
        {
            for (var minute = 0; minute < 1440 && cron.MatchesDay(day); minute++)
            {
                if (cron.Matches(day.AddMinutes(minute)))
                {
                    yield return new DateTimeOffset(day.AddMinutes(minute));
                }
            }
        }
    }
}
