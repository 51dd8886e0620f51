using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Tests.Schedules;

public sealed class ScheduleErrorTests
{
    [Theory]
    [InlineData("60 * * * *", "minute '60'", "0-59")]
    [InlineData("60 * * * * *", "second '60'", "0-59")]
    [InlineData("0 24 * * *", "hour '24'", "0-23")]
    [InlineData("0 0 0 * *", "day-of-month '0'", "1-31")]
    [InlineData("0 0 32W * *", "day-of-month '32W'", "15W")]
    [InlineData("0 0 L-31 * *", "day-of-month 'L-31'", "L-3")]
    [InlineData("0 0 1 13 *", "month '13'", "JAN-DEC")]
    [InlineData("0 0 1 JANUARY *", "month 'JANUARY'", "JAN-DEC")]
    [InlineData("0 0 * * 8", "day-of-week '8'", "0-7 or SUN-SAT")]
    [InlineData("0 0 * * 5#6", "day-of-week '5#6'", "5#2")]
    [InlineData("0 0 * * L", "day-of-week 'L'", "5L")]
    [InlineData("50-10 * * * *", "minute '50-10', which is a range that ends before it starts", "ranges a-b")]
    [InlineData("*/0 * * * *", "minute '*/0', which has a step outside 1-59", "steps */n of 1-59")]
    [InlineData("*/60 * * * *", "minute '*/60'", "steps */n of 1-59")]
    [InlineData("1,,2 * * * *", "minute ''", "lists a,b")]
    [InlineData("? * * * *", "minute '?'", "0-59")]
    [InlineData("H(10-5) * * * *", "minute 'H(10-5)'", "H(0-59)")]
    [InlineData("H(0-9)/20 * * * *", "minute 'H(0-9)/20', which has a step greater than its range of 10", "H/n")]
    [InlineData("H5 * * * *", "minute 'H5'", "H(0-59)")]
    [InlineData("-5 * * * *", "minute '-5'", "0-59")]
    [InlineData("+5 * * * *", "minute '+5'", "0-59")]
    [InlineData("1.5 * * * *", "minute '1.5'", "0-59")]
    [InlineData("٣ * * * *", "minute '٣'", "0-59")]
    [InlineData("99999999999 * * * *", "minute '99999999999'", "0-59")]
    [InlineData("* * * *", "has 4 fields", "5 fields (minute hour day-of-month month day-of-week)")]
    [InlineData("", "has 0 fields", "6 with seconds first")]
    [InlineData("@reboot", "has 1 fields", "@hourly @daily @midnight @weekly @monthly @yearly @annually")]
    [InlineData("0 0 30 2 *", "never fires", "a date and time that exist in its zone")]
    public void Cron_error_names_setting_value_and_what_is_allowed(string cron, string problem, string allowed)
    {
        AssertProblem(new ScheduleSpec { Cron = cron }, $"schedule.cron '{cron}' ", problem, allowed);
    }

    [Theory]
    [InlineData("0 0 12 * *", "has 5 fields", "6 fields (second")]
    [InlineData("0 0 12 * * *", "day-of-month '*' and day-of-week '*'", "? in exactly one of the two")]
    [InlineData("0 0 12 ? * ?", "day-of-month '?' and day-of-week '?'", "? in exactly one of the two")]
    [InlineData("0 0 12 1 * 2", "day-of-month '1' and day-of-week '2'", "? in exactly one of the two")]
    [InlineData("0 0 12 ? * 0", "day-of-week '0'", "1-7 or SUN-SAT")]
    [InlineData("0 H 12 ? * 1", "minute 'H'", "0-59")]
    [InlineData("0 0 12 1 1 ? 1969", "year '1969'", "1970-2199")]
    [InlineData("0 0 12 1 1 ? 2030-2028", "year '2030-2028'", "ranges a-b")]
    [InlineData("0 0 12 29 2 ? 2027", "never fires", "exist")]
    public void Quartz_cron_error_names_setting_value_and_what_is_allowed(string cron, string problem, string allowed)
    {
        AssertProblem(new ScheduleSpec { QuartzCron = cron }, $"schedule.quartz-cron '{cron}' ", problem, allowed);
    }

    public static TheoryData<ScheduleSpec, string, string, string> BadSettings => new()
    {
        { new ScheduleSpec { Every = TimeSpan.Zero }, "schedule.every '0s'", "out of range", "1 ms to 400 d" },
        { new ScheduleSpec { Every = TimeSpan.FromTicks(9_999) }, "schedule.every '999.9us'", "out of range",
            "1 ms to 400 d" },
        { new ScheduleSpec { Every = TimeSpan.FromTicks(10_001) }, "schedule.every '1000.1us'", "finer",
            "whole microseconds" },
        { new ScheduleSpec { Every = TimeSpan.FromDays(400) + TimeSpan.FromMilliseconds(1) },
            "schedule.every '34560000001ms'", "out of range", "1 ms to 400 d" },
        { new ScheduleSpec { Cron = "@daily", EveryFrom = EveryFrom.End }, "schedule.every-from 'end'",
            "set without every", "together with every" },
        { new ScheduleSpec { Every = TimeSpan.FromHours(1), EveryFrom = (EveryFrom)7 }, "schedule.every-from '7'",
            "not known", "start, end" },
        { new ScheduleSpec { Jitter = TimeSpan.FromTicks(-1) }, "schedule.jitter '-0.1us'", "out of range",
            "0 to 1 d" },
        { new ScheduleSpec { Jitter = TimeSpan.FromDays(1.1) }, "schedule.jitter '1584m'", "out of range",
            "0 to 1 d" },
        { new ScheduleSpec { Every = TimeSpan.FromSeconds(5), Jitter = TimeSpan.FromSeconds(5) },
            "schedule.jitter '5s'", "not less than every", "less than 5s" },
        { new ScheduleSpec { TimeZone = "Mars/Olympus" }, "schedule.time-zone 'Mars/Olympus'",
            "not a known time zone", "Europe/Berlin" },
        { new ScheduleSpec { TimeZone = "../../etc/passwd" }, "schedule.time-zone '../../etc/passwd'",
            "not a known time zone", "Europe/Berlin" },
        { new ScheduleSpec { TimeZone = "localtime" }, "schedule.time-zone 'localtime'", "not a known time zone",
            "Europe/Berlin" },
        { new ScheduleSpec { TimeZone = "right/Europe/Berlin" }, "schedule.time-zone 'right/Europe/Berlin'",
            "not a known time zone", "Europe/Berlin" },
        { new ScheduleSpec { TimeZone = string.Empty }, "schedule.time-zone ''", "not a known time zone",
            "Europe/Berlin" },
        { new ScheduleSpec { Dst = (DstPolicy)9 }, "schedule.dst '9'", "is not a policy",
            "skip, shift, first, last, both" },
        { new ScheduleSpec { Start = Due.Anchor, End = Due.Anchor },
            "schedule.end '2026-01-01T00:00:00.0000000+00:00'", "not after start", "later than 2026-01-01T00:00:00" },
        { new ScheduleSpec { At = Due.Anchor, Start = Due.Anchor.AddTicks(1) }, "schedule.at '2026-01-01T00:00:00",
            "before start", "or later" },
        { new ScheduleSpec { At = Due.Anchor, End = Due.Anchor }, "schedule.at '2026-01-01T00:00:00",
            "not before end", "earlier than" },
        { new ScheduleSpec { Cron = "@daily", Every = TimeSpan.FromHours(1) }, "schedule.cron '@daily'",
            "set together with every", "at most one of cron, quartz-cron, rrule, every, at" },
        { new ScheduleSpec { Every = TimeSpan.FromHours(1), At = Due.Anchor }, "schedule.every '1h'",
            "set together with at", "at most one" },
        { new ScheduleSpec { Cron = "0 2 * 3 0L", TimeZone = "Europe/Berlin", Dst = DstPolicy.Skip },
            "schedule.cron '0 2 * 3 0L'", "never fires", "exist in its zone" },
    };

    [Theory]
    [MemberData(nameof(BadSettings))]
    public void Error_names_setting_value_and_what_is_allowed(
        ScheduleSpec spec, string setting, string problem, string allowed)
    {
        AssertProblem(spec, setting, problem, allowed);
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var spec = new ScheduleSpec
        {
            Cron = "61 25 * * 9",
            TimeZone = "Nowhere",
            Jitter = TimeSpan.FromDays(2),
            Start = Due.Anchor,
            End = Due.Anchor.AddDays(-1),
        };

        var problems = ScheduleValidator.Validate(spec, Due.JobId);

        Assert.Equal(6, problems.Count);
        Assert.Equal(problems, Assert.Throws<ScheduleException>(() => spec.Schedule()).Problems);
    }

    public static TheoryData<ScheduleSpec> Valid => new()
    {
        new ScheduleSpec(),
        new ScheduleSpec { Cron = "H H(2-5) * * 1-5", TimeZone = "Asia/Tokyo" },
        new ScheduleSpec { At = DateTimeOffset.UnixEpoch.AddDays(-1) },
        new ScheduleSpec { Every = TimeSpan.FromSeconds(5), Jitter = TimeSpan.FromSeconds(4.999) },
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void Valid_schedule_has_no_problem(ScheduleSpec spec)
    {
        Assert.Empty(ScheduleValidator.Validate(spec, Due.JobId));
    }

    [Fact]
    public void Long_or_unprintable_value_is_shortened_and_cleaned_in_the_message()
    {
        var problem = Assert.Single(ScheduleValidator.Validate(
            new ScheduleSpec { Cron = "\u001b[31m" + new string('9', 5000) }, Due.JobId));

        Assert.InRange(problem.Length, 1, 300);
        Assert.DoesNotContain(problem, char.IsControl);
    }

    private static void AssertProblem(ScheduleSpec spec, string setting, string problem, string allowed)
    {
        var sentence = Assert.Single(ScheduleValidator.Validate(spec, Due.JobId));
        var thrown = Assert.Throws<ScheduleException>(() => spec.Schedule());
        var parts = sentence.Split("; allowed: ", 2);

        Assert.Equal(sentence, thrown.Message);
        Assert.StartsWith(setting, parts[0], StringComparison.Ordinal);
        Assert.Contains(problem, parts[0], StringComparison.Ordinal);
        Assert.Contains(allowed, parts[1], StringComparison.Ordinal);
    }
}
