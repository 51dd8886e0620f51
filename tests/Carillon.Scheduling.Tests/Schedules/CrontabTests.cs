using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class CrontabTests
{
    // 2026-01-01 is a Thursday.
    [Theory]
    [InlineData("* * * * *", "2026-01-01 00:00:00", "2026-01-01 00:01:00", "2026-01-01 00:02:00")]
    [InlineData("* * * * * *", "2026-01-01 23:59:58", "2026-01-01 23:59:59", "2026-01-02 00:00:00")]
    [InlineData("*/5 * * * * *", "2026-01-01 00:00:51", "2026-01-01 00:00:55", "2026-01-01 00:01:00")]
    [InlineData("*/25 * * * *", "2026-01-01 00:10:00", "2026-01-01 00:25:00", "2026-01-01 00:50:00",
        "2026-01-01 01:00:00")]
    [InlineData("10-50/20 * * * *", "2026-01-01 00:00:00", "2026-01-01 00:10:00", "2026-01-01 00:30:00",
        "2026-01-01 00:50:00", "2026-01-01 01:10:00")]
    [InlineData("5/15 * * * *", "2026-01-01 00:30:00", "2026-01-01 00:35:00", "2026-01-01 00:50:00",
        "2026-01-01 01:05:00")]
    [InlineData("1,2,58-59 5 * * *", "2026-01-01 05:02:00", "2026-01-01 05:58:00", "2026-01-01 05:59:00",
        "2026-01-02 05:01:00")]
    [InlineData("0 22 * * 1-5", "2026-01-01 00:00:00", "2026-01-01 22:00:00", "2026-01-02 22:00:00",
        "2026-01-05 22:00:00")]
    [InlineData("0 0 * JAN,jul MON", "2026-01-20 00:00:00", "2026-01-26 00:00:00", "2026-07-06 00:00:00")]
    [InlineData("0 0 * * 0", "2026-01-01 00:00:00", "2026-01-04 00:00:00", "2026-01-11 00:00:00")]
    [InlineData("0 0 * * 7", "2026-01-01 00:00:00", "2026-01-04 00:00:00", "2026-01-11 00:00:00")]
    [InlineData("0 0 * * sun", "2026-01-01 00:00:00", "2026-01-04 00:00:00", "2026-01-11 00:00:00")]
    [InlineData("0 0 * * 5-7", "2026-01-01 00:00:00", "2026-01-02 00:00:00", "2026-01-03 00:00:00",
        "2026-01-04 00:00:00", "2026-01-09 00:00:00")]
    [InlineData("0 0 * * SAT-SUN", "2026-01-01 00:00:00", "2026-01-03 00:00:00", "2026-01-04 00:00:00",
        "2026-01-10 00:00:00")]
    [InlineData("0 0 * * */3", "2026-01-01 00:00:00", "2026-01-03 00:00:00", "2026-01-04 00:00:00",
        "2026-01-07 00:00:00")]
    [InlineData("59 59 23 31 12 *", "2026-01-01 00:00:00", "2026-12-31 23:59:59", "2027-12-31 23:59:59")]
    [InlineData("0 0 29 2 *", "2026-01-01 00:00:00", "2028-02-29 00:00:00", "2032-02-29 00:00:00")]
    [InlineData("0 0 29 2 *", "2096-03-01 00:00:00", "2104-02-29 00:00:00")]
    [InlineData("  0\t12  * * *  ", "2026-01-01 00:00:00", "2026-01-01 12:00:00")]
    public void Numbers_lists_ranges_steps_and_names_match_as_in_crontab(string cron, string after, params string[] due)
    {
        Assert.Equal(due, new ScheduleSpec { Cron = cron }.After(after, due.Length));
    }

    [Theory]
    [InlineData("0 0 13 * 5", "2026-01-09 00:00:00", "2026-01-13 00:00:00", "2026-01-16 00:00:00")]
    [InlineData("0 0 */2 * 1", "2026-01-09 00:00:00", "2026-01-11 00:00:00", "2026-01-12 00:00:00",
        "2026-01-13 00:00:00")]
    [InlineData("0 0 31 2 1", "2026-02-20 00:00:00", "2026-02-23 00:00:00", "2027-02-01 00:00:00")]
    [InlineData("0 0 L * 5#1", "2026-01-01 00:00:00", "2026-01-02 00:00:00", "2026-01-31 00:00:00",
        "2026-02-06 00:00:00")]
    [InlineData("0 0 */1 * 1", "2026-01-01 00:00:00", "2026-01-02 00:00:00", "2026-01-03 00:00:00")]
    public void Two_restricted_day_fields_match_when_either_does(string cron, string after, params string[] due)
    {
        Assert.Equal(due, new ScheduleSpec { Cron = cron }.After(after, due.Length));
    }

    [Theory]
    [InlineData("0 0 ? * 1", "2026-01-01 00:00:00", "2026-01-05 00:00:00", "2026-01-12 00:00:00")]
    [InlineData("0 0 1 * ?", "2026-01-01 00:00:00", "2026-02-01 00:00:00", "2026-03-01 00:00:00")]
    [InlineData("0 0 ? * ?", "2026-01-01 00:00:00", "2026-01-02 00:00:00")]
    public void Question_mark_leaves_the_day_to_the_other_field(string cron, string after, params string[] due)
    {
        Assert.Equal(due, new ScheduleSpec { Cron = cron }.After(after, due.Length));
    }

    [Theory]
    [InlineData("0 0 L * *", "2026-01-01 00:00:00", "2026-01-31 00:00:00", "2026-02-28 00:00:00",
        "2026-03-31 00:00:00")]
    [InlineData("0 0 l-3 * *", "2026-01-01 00:00:00", "2026-01-28 00:00:00", "2026-02-25 00:00:00",
        "2026-03-28 00:00:00")]
    [InlineData("0 0 L-30 * *", "2026-01-01 00:00:00", "2026-03-01 00:00:00", "2026-05-01 00:00:00")]
    [InlineData("0 0 LW * *", "2026-01-01 00:00:00", "2026-01-30 00:00:00", "2026-02-27 00:00:00",
        "2026-03-31 00:00:00")]
    [InlineData("0 0 L-2W * *", "2026-02-01 00:00:00", "2026-02-26 00:00:00", "2026-03-30 00:00:00")]
    [InlineData("0 0 15W * *", "2026-01-01 00:00:00", "2026-01-15 00:00:00", "2026-02-16 00:00:00",
        "2026-03-16 00:00:00")]
    [InlineData("0 0 15W 8 *", "2026-01-01 00:00:00", "2026-08-14 00:00:00")]
    [InlineData("0 0 1W 8 *", "2026-01-01 00:00:00", "2026-08-03 00:00:00")]
    [InlineData("0 0 31W 5 *", "2026-01-01 00:00:00", "2026-05-29 00:00:00")]
    [InlineData("0 0 31W 4 *", "2026-01-01 00:00:00", "2026-04-30 00:00:00")]
    [InlineData("0 0 1,15,L * *", "2026-01-10 00:00:00", "2026-01-15 00:00:00", "2026-01-31 00:00:00",
        "2026-02-01 00:00:00")]
    [InlineData("0 0 * * 5L", "2026-01-01 00:00:00", "2026-01-30 00:00:00", "2026-02-27 00:00:00",
        "2026-03-27 00:00:00")]
    [InlineData("0 0 * * friL", "2026-01-01 00:00:00", "2026-01-30 00:00:00")]
    [InlineData("0 0 * * 5#2", "2026-01-01 00:00:00", "2026-01-09 00:00:00", "2026-02-13 00:00:00",
        "2026-03-13 00:00:00")]
    [InlineData("0 0 * * MON#5", "2026-01-01 00:00:00", "2026-03-30 00:00:00", "2026-06-29 00:00:00")]
    [InlineData("0 0 * * 7#1,0L", "2026-01-01 00:00:00", "2026-01-04 00:00:00", "2026-01-25 00:00:00",
        "2026-02-01 00:00:00")]
    public void Days_that_depend_on_the_month_match_in_each_month(string cron, string after, params string[] due)
    {
        Assert.Equal(due, new ScheduleSpec { Cron = cron }.After(after, due.Length));
    }

    [Theory]
    [InlineData("@hourly", "2026-01-01 01:00:00", "2026-01-01 02:00:00")]
    [InlineData("@daily", "2026-01-02 00:00:00", "2026-01-03 00:00:00")]
    [InlineData("@midnight", "2026-01-02 00:00:00", "2026-01-03 00:00:00")]
    [InlineData("@WEEKLY", "2026-01-04 00:00:00", "2026-01-11 00:00:00")]
    [InlineData("@monthly", "2026-02-01 00:00:00", "2026-03-01 00:00:00")]
    [InlineData("@yearly", "2027-01-01 00:00:00", "2028-01-01 00:00:00")]
    [InlineData("@annually", "2027-01-01 00:00:00", "2028-01-01 00:00:00")]
    public void Macro_runs_at_the_start_of_its_period(string macro, params string[] due)
    {
        Assert.Equal(due, new ScheduleSpec { Cron = macro }.After("2026-01-01 00:00:00", due.Length));
    }

    [Theory]
    [InlineData("0 9 * * *", "2026-06-30 00:00:00", "2026-06-30 07:00:00")]
    [InlineData("0 9 * * *", "2026-12-30 00:00:00", "2026-12-30 08:00:00")]
    [InlineData("0 0 1 1 *", "2026-06-30 00:00:00", "2026-12-31 23:00:00")]
    public void Expression_is_read_on_the_wall_clock_of_its_zone(string cron, string after, string due)
    {
        Assert.Equal([due], new ScheduleSpec { Cron = cron, TimeZone = "Europe/Berlin" }.After(after, 1));
    }

    [Theory]
    [InlineData("2026-01-01 00:00:00.9999999", "2026-01-01 00:00:01")]
    [InlineData("2026-01-01 00:00:01.0000000", "2026-01-01 00:00:02")]
    [InlineData("2025-12-31 23:59:59.0000001", "2026-01-01 00:00:00")]
    public void Next_is_strictly_after_and_on_the_whole_second(string after, string due)
    {
        Assert.Equal([due], new ScheduleSpec { Cron = "* * * * * *" }.After(after, 1));
    }

    [Fact]
    public void Next_ignores_the_offset_of_the_instant_asked_for_and_answers_in_utc()
    {
        var schedule = new ScheduleSpec { Cron = "0 * * * *" }.Schedule();

        var next = schedule.Next(new DateTimeOffset(2026, 1, 1, 5, 30, 0, TimeSpan.FromHours(5.5)));

        Assert.Equal(Due.At("2026-01-01 01:00:00"), next);
        Assert.Equal(TimeSpan.Zero, next!.Value.Offset);
    }

    [Fact]
    public void Next_at_the_ends_of_time_has_an_answer()
    {
        var schedule = new ScheduleSpec { Cron = "0 0 29 2 *", TimeZone = "America/New_York" }.Schedule();

        Assert.Equal(4, schedule.Next(DateTimeOffset.MinValue)!.Value.Year);
        Assert.Null(schedule.Next(DateTimeOffset.MaxValue));
    }
}
