using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class OneOffScheduleTests
{
    [Fact]
    public void One_off_runs_once_in_whole_microseconds()
    {
        var at = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(9_999_999);
        var due = new ScheduleSpec { At = at }.Schedule().From(Due.Anchor).ToList();

        Assert.Equal(["2026-05-01 10:00:00.999999"], due.Texts());
        Assert.Equal(TimeSpan.Zero, due[0].Offset);
    }

    [Fact]
    public void One_off_is_over_once_its_instant_is_reached()
    {
        var schedule = new ScheduleSpec { At = Due.At("2026-05-01 10:00:00") }.Schedule();

        Assert.NotNull(schedule.Next(Due.At("2026-05-01 09:59:59.9999999")));
        Assert.Null(schedule.Next(Due.At("2026-05-01 10:00:00")));
    }

    [Fact]
    public void Schedule_of_a_job_that_is_only_triggered_has_no_occurrence()
    {
        Assert.Null(new ScheduleSpec().Schedule().Next(DateTimeOffset.MinValue));
    }
}
