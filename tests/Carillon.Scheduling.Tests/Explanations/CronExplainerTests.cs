using Carillon.Scheduling.Explanations;
using Carillon.Scheduling.Tests.Schedules;

namespace Carillon.Scheduling.Tests.Explanations;

public sealed class CronExplainerTests
{
    [Theory]
    [InlineData("*/15 9-17 * * 1-5", "every 15th from 0 to 45", "9 to 17", "any", "every month", "Monday to Friday")]
    [InlineData("0 2,14 1 JAN,7 *", "0", "2 and 14", "1", "January and July", "any")]
    [InlineData("1-3,30,31 0 L * *", "1 to 3, 30 and 31", "0", "the last day of the month", "every month", "any")]
    [InlineData("0 0 LW,15W,L-3 * *", "0", "0",
        "the last Monday to Friday of the month, the Monday to Friday nearest to day 15 and 3 days before the last day "
        + "of the month", "every month", "any")]
    [InlineData("0 0 * * 5L,TUE#2,0", "0", "0", "any", "every month",
        "Sunday, the last Friday of the month and the 2nd Tuesday of the month")]
    [InlineData("@weekly", "0", "0", "any", "every month", "Sunday")]
    [InlineData("*/59 * 7/3 * *", "0 and 59", "every hour", "every 3rd from 7 to 31", "every month", "any")]
    public void Fields_are_told_in_words(string cron, params string[] meanings)
    {
        var meaning = CronExplainer.Read(cron, isQuartz: false, Due.JobId);

        Assert.Equal(meanings, meaning.Fields.Select(field => field.Meaning));
        Assert.Equal(
            ["minute", "hour", "day-of-month", "month", "day-of-week"], meaning.Fields.Select(field => field.Field));
    }

    [Fact]
    public void Seconds_and_years_are_told_where_they_are_written()
    {
        var meaning = CronExplainer.Read("30 0 12 ? * 2-6 2026-2028", isQuartz: true, Due.JobId);

        Assert.Equal(
            ["30", "0", "12", "any", "every month", "Monday to Friday", "2026 to 2028"],
            meaning.Fields.Select(field => field.Meaning));
    }

    [Fact]
    public void Two_restricted_day_fields_come_with_a_note()
    {
        Assert.Equal(
            "a day matches when either day-of-month or day-of-week does",
            CronExplainer.Read("0 0 13 * 5", isQuartz: false, Due.JobId).Note);
        Assert.Null(CronExplainer.Read("0 0 13 * *", isQuartz: false, Due.JobId).Note);
    }

    [Theory]
    [InlineData("0 24 * * *", 2, 2)]
    [InlineData("  0\t0  32 * *", 7, 2)]
    [InlineData("0 0 * *", 7, 0)]
    [InlineData("*/0 * * * *", 0, 3)]
    public void Fault_says_where_it_is(string cron, int start, int length)
    {
        var fault = Assert.Single(CronExplainer.Read(cron, isQuartz: false, Due.JobId).Faults);

        Assert.Equal((start, length), (fault.Start, fault.Length));
    }
}
