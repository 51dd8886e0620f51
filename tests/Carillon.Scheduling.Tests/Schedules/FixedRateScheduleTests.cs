using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class FixedRateScheduleTests
{
    [Fact]
    public void Phase_is_the_first_occurrence_when_it_is_still_ahead()
    {
        var spec = new ScheduleSpec { Every = TimeSpan.FromMinutes(7), Start = Due.At("2026-03-01 10:00:00") };

        Assert.Equal(
            ["2026-03-01 10:00:00", "2026-03-01 10:07:00", "2026-03-01 10:14:00"],
            spec.After("2026-01-01 00:00:00", 3));
    }

    [Fact]
    public void Phase_holds_however_late_the_question_is()
    {
        var spec = new ScheduleSpec { Every = TimeSpan.FromMinutes(7), Start = Due.At("2026-03-01 10:00:00") };

        // 3,653 days are 2 minutes more than a multiple of 7 minutes.
        Assert.Equal(["2036-03-01 10:05:00"], spec.After("2036-03-01 09:59:59.9999999", 1));
    }

    [Fact]
    public void Phase_without_start_is_the_anchor_in_whole_milliseconds()
    {
        var spec = new ScheduleSpec { Every = TimeSpan.FromSeconds(10) };
        var schedule = ScheduleFactory.Create(spec, Due.JobId, Due.At("2026-01-01 00:00:03.1239999"));

        Assert.Equal(
            ["2026-01-01 00:00:03.123", "2026-01-01 00:00:13.123"],
            schedule.From(Due.Anchor).Take(2).Texts());
    }

    [Fact]
    public void Start_keeps_its_microseconds()
    {
        var spec = new ScheduleSpec
        {
            Every = TimeSpan.FromMicroseconds(1500),
            Start = Due.At("2026-01-01 00:00:00.0000259"),
        };

        Assert.Equal(
            ["2026-01-01 00:00:00.000025", "2026-01-01 00:00:00.001525", "2026-01-01 00:00:00.003025"],
            spec.After("2026-01-01 00:00:00", 3));
    }

    [Theory]
    [InlineData("00:00:00.001", "2026-01-01 00:00:00.001")]
    [InlineData("400.00:00:00", "2027-02-05 00:00:00")]
    public void Shortest_and_longest_period_are_allowed(string every, string due)
    {
        var spec = new ScheduleSpec { Every = TimeSpan.Parse(every, null) };

        Assert.Equal([due], spec.After("2026-01-01 00:00:00", 1));
    }

    [Fact]
    public void Next_at_the_ends_of_time_has_an_answer()
    {
        var schedule = new ScheduleSpec { Every = TimeSpan.FromDays(400) }.Schedule();

        Assert.Equal(Due.Anchor, schedule.Next(DateTimeOffset.MinValue));
        Assert.Null(schedule.Next(DateTimeOffset.MaxValue));
        Assert.Null(schedule.Next(DateTimeOffset.MaxValue.AddDays(-1)));
    }
}
