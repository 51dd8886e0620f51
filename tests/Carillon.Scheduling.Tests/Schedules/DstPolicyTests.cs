using Carillon.Model;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class DstPolicyTests
{
    private const string Berlin = "Europe/Berlin";
    private const string NewYork = "America/New_York";
    private const string LordHowe = "Australia/Lord_Howe";
    private const string Casablanca = "Africa/Casablanca";

    // The gaps: Berlin 2026-03-29 01:00Z, New York 2026-03-08 07:00Z, Lord Howe (half an hour) 2026-10-03 15:30Z,
    // Casablanca (from its negative daylight saving) 2026-03-22 02:00Z.
    [Theory]
    [InlineData(Berlin, "30 2 * * *", "2026-03-28 12:00:00", DstPolicy.Shift, "2026-03-29 01:00:00",
        "2026-03-30 00:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-03-28 12:00:00", DstPolicy.First, "2026-03-29 01:00:00",
        "2026-03-30 00:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-03-28 12:00:00", DstPolicy.Last, "2026-03-29 01:00:00",
        "2026-03-30 00:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-03-28 12:00:00", DstPolicy.Both, "2026-03-29 01:00:00",
        "2026-03-30 00:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-03-28 12:00:00", DstPolicy.Skip, "2026-03-30 00:30:00",
        "2026-03-31 00:30:00")]
    [InlineData(NewYork, "0 2 * * *", "2026-03-07 12:00:00", DstPolicy.Shift, "2026-03-08 07:00:00",
        "2026-03-09 06:00:00")]
    [InlineData(NewYork, "0 2 * * *", "2026-03-07 12:00:00", DstPolicy.First, "2026-03-08 07:00:00",
        "2026-03-09 06:00:00")]
    [InlineData(NewYork, "0 2 * * *", "2026-03-07 12:00:00", DstPolicy.Last, "2026-03-08 07:00:00",
        "2026-03-09 06:00:00")]
    [InlineData(NewYork, "0 2 * * *", "2026-03-07 12:00:00", DstPolicy.Both, "2026-03-08 07:00:00",
        "2026-03-09 06:00:00")]
    [InlineData(NewYork, "0 2 * * *", "2026-03-07 12:00:00", DstPolicy.Skip, "2026-03-09 06:00:00",
        "2026-03-10 06:00:00")]
    [InlineData(LordHowe, "15 2 * * *", "2026-10-03 00:00:00", DstPolicy.Shift, "2026-10-03 15:30:00",
        "2026-10-04 15:15:00")]
    [InlineData(LordHowe, "15 2 * * *", "2026-10-03 00:00:00", DstPolicy.First, "2026-10-03 15:30:00",
        "2026-10-04 15:15:00")]
    [InlineData(LordHowe, "15 2 * * *", "2026-10-03 00:00:00", DstPolicy.Last, "2026-10-03 15:30:00",
        "2026-10-04 15:15:00")]
    [InlineData(LordHowe, "15 2 * * *", "2026-10-03 00:00:00", DstPolicy.Both, "2026-10-03 15:30:00",
        "2026-10-04 15:15:00")]
    [InlineData(LordHowe, "15 2 * * *", "2026-10-03 00:00:00", DstPolicy.Skip, "2026-10-04 15:15:00",
        "2026-10-05 15:15:00")]
    [InlineData(Casablanca, "30 2 * * *", "2026-03-21 12:00:00", DstPolicy.Shift, "2026-03-22 02:00:00",
        "2026-03-23 01:30:00")]
    [InlineData(Casablanca, "30 2 * * *", "2026-03-21 12:00:00", DstPolicy.Skip, "2026-03-23 01:30:00",
        "2026-03-24 01:30:00")]
    public void Missing_time_runs_after_the_gap_unless_skipped(
        string zone, string cron, string after, DstPolicy dst, params string[] due)
    {
        var spec = new ScheduleSpec { Cron = cron, TimeZone = zone, Dst = dst };

        Assert.Equal(due, spec.After(after, due.Length));
    }

    // The repeats: Berlin 2026-10-25 01:00Z, New York 2026-11-01 06:00Z, Lord Howe (half an hour) 2026-04-04 15:00Z,
    // Casablanca (into its negative daylight saving) 2026-02-15 02:00Z.
    [Theory]
    [InlineData(Berlin, "30 2 * * *", "2026-10-24 12:00:00", DstPolicy.Shift, "2026-10-25 00:30:00",
        "2026-10-26 01:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-10-24 12:00:00", DstPolicy.Skip, "2026-10-25 00:30:00",
        "2026-10-26 01:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-10-24 12:00:00", DstPolicy.First, "2026-10-25 00:30:00",
        "2026-10-26 01:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-10-24 12:00:00", DstPolicy.Last, "2026-10-25 01:30:00",
        "2026-10-26 01:30:00")]
    [InlineData(Berlin, "30 2 * * *", "2026-10-24 12:00:00", DstPolicy.Both, "2026-10-25 00:30:00",
        "2026-10-25 01:30:00", "2026-10-26 01:30:00")]
    [InlineData(NewYork, "0 1 * * *", "2026-10-31 12:00:00", DstPolicy.Shift, "2026-11-01 05:00:00",
        "2026-11-02 06:00:00")]
    [InlineData(NewYork, "0 1 * * *", "2026-10-31 12:00:00", DstPolicy.Skip, "2026-11-01 05:00:00",
        "2026-11-02 06:00:00")]
    [InlineData(NewYork, "0 1 * * *", "2026-10-31 12:00:00", DstPolicy.First, "2026-11-01 05:00:00",
        "2026-11-02 06:00:00")]
    [InlineData(NewYork, "0 1 * * *", "2026-10-31 12:00:00", DstPolicy.Last, "2026-11-01 06:00:00",
        "2026-11-02 06:00:00")]
    [InlineData(NewYork, "0 1 * * *", "2026-10-31 12:00:00", DstPolicy.Both, "2026-11-01 05:00:00",
        "2026-11-01 06:00:00", "2026-11-02 06:00:00")]
    [InlineData(LordHowe, "45 1 * * *", "2026-04-04 00:00:00", DstPolicy.Shift, "2026-04-04 14:45:00",
        "2026-04-05 15:15:00")]
    [InlineData(LordHowe, "45 1 * * *", "2026-04-04 00:00:00", DstPolicy.Skip, "2026-04-04 14:45:00",
        "2026-04-05 15:15:00")]
    [InlineData(LordHowe, "45 1 * * *", "2026-04-04 00:00:00", DstPolicy.First, "2026-04-04 14:45:00",
        "2026-04-05 15:15:00")]
    [InlineData(LordHowe, "45 1 * * *", "2026-04-04 00:00:00", DstPolicy.Last, "2026-04-04 15:15:00",
        "2026-04-05 15:15:00")]
    [InlineData(LordHowe, "45 1 * * *", "2026-04-04 00:00:00", DstPolicy.Both, "2026-04-04 14:45:00",
        "2026-04-04 15:15:00", "2026-04-05 15:15:00")]
    [InlineData(Casablanca, "30 2 * * *", "2026-02-14 12:00:00", DstPolicy.First, "2026-02-15 01:30:00",
        "2026-02-16 02:30:00")]
    [InlineData(Casablanca, "30 2 * * *", "2026-02-14 12:00:00", DstPolicy.Last, "2026-02-15 02:30:00",
        "2026-02-16 02:30:00")]
    public void Repeated_time_runs_the_first_time_the_last_or_both(
        string zone, string cron, string after, DstPolicy dst, params string[] due)
    {
        var spec = new ScheduleSpec { Cron = cron, TimeZone = zone, Dst = dst };

        Assert.Equal(due, spec.After(after, due.Length));
    }

    [Theory]
    [InlineData(DstPolicy.Shift)]
    [InlineData(DstPolicy.Skip)]
    public void Missing_times_that_shift_to_an_instant_already_due_run_once(DstPolicy dst)
    {
        var spec = new ScheduleSpec { Cron = "*/20 * * * *", TimeZone = Berlin, Dst = dst };

        Assert.Equal(
            ["2026-03-29 00:40:00", "2026-03-29 01:00:00", "2026-03-29 01:20:00"],
            spec.After("2026-03-29 00:20:00", 3));
    }

    [Theory]
    [InlineData(DstPolicy.First, "00:00", "00:30", "02:00", "02:30")]
    [InlineData(DstPolicy.Last, "01:00", "01:30", "02:00", "02:30")]
    [InlineData(DstPolicy.Both, "00:00", "00:30", "01:00", "01:30", "02:00")]
    public void Several_repeated_times_stay_in_order(DstPolicy dst, params string[] due)
    {
        var spec = new ScheduleSpec { Cron = "*/30 * * * *", TimeZone = Berlin, Dst = dst };

        string[] expected = [.. due.Select(time => $"2026-10-25 {time}:00")];
        Assert.Equal(expected, spec.After("2026-10-24 23:30:00", due.Length));
    }

    // Samoa left out 2011-12-30 to move across the date line.
    [Theory]
    [InlineData(DstPolicy.Shift, "2011-12-29 22:00:00", "2011-12-30 10:00:00", "2011-12-30 22:00:00")]
    [InlineData(DstPolicy.Skip, "2011-12-29 22:00:00", "2011-12-30 22:00:00", "2011-12-31 22:00:00")]
    public void Day_that_does_not_exist_is_a_gap_like_any_other(DstPolicy dst, params string[] due)
    {
        var spec = new ScheduleSpec { Cron = "0 12 * * *", TimeZone = "Pacific/Apia", Dst = dst };

        Assert.Equal(due, spec.After("2011-12-29 00:00:00", due.Length));
    }

    [Fact]
    public void Yearly_time_inside_the_gap_is_found_years_ahead()
    {
        var spec = new ScheduleSpec { Cron = "30 2 29 3 *", TimeZone = Berlin };

        Assert.Equal(
            ["2026-03-29 01:00:00", "2027-03-29 00:30:00", "2028-03-29 00:30:00"],
            spec.After("2026-01-01 00:00:00", 3));
    }
}
