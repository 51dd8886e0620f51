using Carillon.Model;
using Quartz;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class QuartzCronTests
{
    private const int Compared = 200;

    [Theory]
    [InlineData("0 0 12 * * ?")]
    [InlineData("0 15 10 ? * *")]
    [InlineData("0 0/5 14,18 * * ?")]
    [InlineData("0 0-5 14 * * ?")]
    [InlineData("0 10,44 14 ? 3 WED")]
    [InlineData("0 15 10 ? * MON-FRI")]
    [InlineData("0 15 10 ? * 2-6")]
    [InlineData("0 15 10 15 * ?")]
    [InlineData("0 15 10 L * ?")]
    [InlineData("0 15 10 L-2 * ?")]
    [InlineData("0 15 10 L-3W * ?")]
    [InlineData("0 15 10 LW * ?")]
    [InlineData("0 15 10 15W * ?")]
    [InlineData("0 15 10 31W * ?")]
    [InlineData("0 15 10 1W,15W * ?")]
    [InlineData("0 15 10 ? * 6L")]
    [InlineData("0 15 10 ? * friL")]
    [InlineData("0 15 10 ? * 6#3")]
    [InlineData("0 15 10 ? * 1#5")]
    [InlineData("0 15 10 ? * L")]
    [InlineData("0 15 10 ? * 1")]
    [InlineData("0 15 10 ? * 7")]
    [InlineData("0 15 10 ? * 2/2")]
    [InlineData("0 0 12 1/5 * ?")]
    [InlineData("0 11 11 11 11 ?")]
    [InlineData("0 0 22-2 * * ?")]
    [InlineData("0 0 20-4/3 * * ?")]
    [InlineData("0 0 0 ? * FRI-MON")]
    [InlineData("0 0 0 1 NOV-FEB ?")]
    [InlineData("0 /7 * * * ?")]
    [InlineData("5-10/2 5/15 * ? * 2")]
    [InlineData("* * * ? * SAT")]
    [InlineData("0 0 0 1 1 ? 2027-2031")]
    [InlineData("0 0 6 ? 6 3 2028/2")]
    [InlineData("0 0 0 29 2 ? *")]
    public void Expression_is_due_when_quartz_says(string expression)
    {
        var quartz = new CronExpression(expression, TimeZoneInfo.Utc);
        var expected = new List<DateTimeOffset>();
        var last = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var next = quartz.GetNextValidTimeAfter(Due.Anchor);
             next < last && expected.Count < Compared;
             next = quartz.GetNextValidTimeAfter(next.Value))
        {
            expected.Add(next.Value);
        }

        var due = new ScheduleSpec { QuartzCron = expression }.Schedule().From(Due.Anchor);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, due.TakeWhile(next => next < last).Take(Compared));
    }

    [Fact]
    public void Year_field_ends_the_schedule()
    {
        var schedule = new ScheduleSpec { QuartzCron = "0 0 0 1 7 ? 2026,2028" }.Schedule();

        Assert.Equal(["2026-07-01 00:00:00", "2028-07-01 00:00:00"], schedule.From(Due.Anchor).Texts());
    }

    [Fact]
    public void Repeated_last_time_of_the_last_year_still_runs_both_times()
    {
        var spec = new ScheduleSpec
        {
            QuartzCron = "0 30 2 25 10 ? 2026",
            TimeZone = "Europe/Berlin",
            Dst = DstPolicy.Both,
        };

        Assert.Equal(
            ["2026-10-25 00:30:00", "2026-10-25 01:30:00"],
            spec.Schedule().From(Due.Anchor).Texts());
    }
}
