using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class CountBetweenTests
{
    public static TheoryData<ScheduleSpec> Schedules => new()
    {
        new ScheduleSpec(),
        new ScheduleSpec { At = Due.At("2026-01-02 00:00:00") },
        new ScheduleSpec { Cron = "*/10 * * * *" },
        new ScheduleSpec { Cron = "*/10 * * * *", Jitter = TimeSpan.FromMinutes(15) },
        new ScheduleSpec { Every = TimeSpan.FromMinutes(10) },
        new ScheduleSpec { Every = TimeSpan.FromMinutes(10), Jitter = TimeSpan.FromMinutes(9) },
        new ScheduleSpec { Every = TimeSpan.FromHours(1), Start = Due.Anchor.AddHours(9), End = Due.Anchor.AddDays(1) },
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public void Count_is_the_number_of_occurrences_visited_and_never_above_the_limit(ScheduleSpec spec)
    {
        var schedule = spec.Schedule();
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var after = Due.Anchor.AddSeconds(random.Next(-3600, 2 * 86_400));
            var until = after.AddSeconds(random.Next(-600, 86_400));
            var limit = random.Next(200);
            var visited = schedule.From(after).TakeWhile(due => due <= until).Count();

            Assert.Equal(visited, schedule.CountBetween(after, until, long.MaxValue));
            Assert.Equal(Math.Min(visited, limit), schedule.CountBetween(after, until, limit));
        }
    }

    [Fact]
    public void Stretch_excludes_its_start_and_includes_its_end()
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromHours(1) }.Schedule();

        Assert.Equal(2, schedule.CountBetween(Due.At("2026-01-01 01:00:00"), Due.At("2026-01-01 03:00:00"), 100));
    }

    [Fact]
    public void Fixed_rate_over_all_time_is_counted_without_a_visit()
    {
        var spec = new ScheduleSpec { Every = TimeSpan.FromMilliseconds(1), Jitter = TimeSpan.FromMicroseconds(999) };
        var end = Due.Anchor.AddDays(365_000);

        var count = (spec with { End = end }).Schedule()
            .CountBetween(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, long.MaxValue);

        Assert.Equal(365_000L * 86_400_000, count);
    }

    [Fact]
    public void Negative_limit_is_refused()
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromHours(1) }.Schedule();

        Assert.Throws<ArgumentOutOfRangeException>(() => schedule.CountBetween(Due.Anchor, Due.Anchor, -1));
    }
}
