using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class ScheduleBoundsTests
{
    public static TheoryData<ScheduleSpec> HourlySchedules => new()
    {
        new ScheduleSpec { Cron = "0 * * * *" },
        new ScheduleSpec { QuartzCron = "0 0 * * * ?" },
        new ScheduleSpec { Every = TimeSpan.FromHours(1) },
    };

    [Theory]
    [MemberData(nameof(HourlySchedules))]
    public void Start_is_inclusive_and_end_is_exclusive(ScheduleSpec hourly)
    {
        var spec = hourly with { Start = Due.At("2026-02-01 10:00:00"), End = Due.At("2026-02-01 13:00:00") };

        Assert.Equal(
            ["2026-02-01 10:00:00", "2026-02-01 11:00:00", "2026-02-01 12:00:00"],
            spec.After("2026-01-01 00:00:00", 10));
    }

    [Theory]
    [MemberData(nameof(HourlySchedules))]
    public void Occurrence_just_before_the_end_still_runs(ScheduleSpec hourly)
    {
        var spec = hourly with { Start = Due.At("2026-02-01 10:00:00"), End = Due.At("2026-02-01 11:00:00.000001") };

        Assert.Equal(["2026-02-01 10:00:00", "2026-02-01 11:00:00"], spec.After("2026-01-01 00:00:00", 10));
    }

    [Fact]
    public void Start_between_two_occurrences_waits_for_the_next()
    {
        var spec = new ScheduleSpec { Cron = "0 * * * *", Start = Due.At("2026-02-01 10:00:00.000001") };

        Assert.Equal(["2026-02-01 11:00:00"], spec.After("2026-01-01 00:00:00", 1));
    }

    [Fact]
    public void One_off_may_be_exactly_at_start()
    {
        var at = Due.At("2026-02-01 10:00:00");

        Assert.Equal(at, new ScheduleSpec { At = at, Start = at, End = at.AddTicks(10) }.Schedule().Next(Due.Anchor));
    }
}
