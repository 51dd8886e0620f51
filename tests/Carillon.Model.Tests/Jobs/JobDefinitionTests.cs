using System.Text.Json;

namespace Carillon.Model.Tests.Jobs;

public sealed class JobDefinitionTests
{
    [Fact]
    public void Definition_of_a_name_and_a_run_has_the_documented_defaults()
    {
        var job = new JobDefinition { Id = "nightly-report", Run = new ClassRun { Class = "NightlyReport" } };

        Assert.Equal("nightly-report", job.DisplayName);
        Assert.Equal("default", job.Queue);
        Assert.Equal(0, job.Priority);
        Assert.True(job.Enabled);
        Assert.Equal(new ScheduleSpec(), job.Schedule);
        Assert.Equal((MisfirePolicy.RunOnce, OverlapPolicy.Skip, Guarantee.AtLeastOnce), (job.Misfire, job.Overlap, job.Guarantee));
        Assert.Equal(TimeSpan.FromSeconds(60), job.Grace);
        Assert.Equal(32, job.MaxConcurrent);
        Assert.Null(job.Timeout);
        Assert.Equal(new RetryPolicy { Attempts = 0, Strategy = RetryStrategy.Exponential, WaitMin = TimeSpan.FromSeconds(1), WaitMax = TimeSpan.FromMinutes(5) }, job.Retry);
    }

    [Fact]
    public void Display_name_is_the_name_where_one_is_given()
    {
        var job = new JobDefinition { Id = "a", Name = "Nightly report", Run = new ClassRun { Class = "A" } };

        Assert.Equal("Nightly report", job.DisplayName);
    }

    [Fact]
    public void Schedules_that_say_the_same_are_equal_list_for_list()
    {
        var schedule = new ScheduleSpec { Cron = "@daily", Exclude = ["nights", "holidays"] };
        var read = JsonSerializer.Deserialize<ScheduleSpec>(JsonSerializer.Serialize(schedule));

        Assert.Equal(schedule, read);
        Assert.Equal(schedule.GetHashCode(), read!.GetHashCode());
        Assert.NotEqual(schedule, schedule with { Exclude = ["holidays", "nights"] });
        Assert.NotEqual(schedule, schedule with { Jitter = TimeSpan.FromSeconds(1) });
        Assert.NotEqual(schedule, schedule with { EveryFrom = EveryFrom.End });
        Assert.NotEqual(schedule, schedule with { Rrule = "FREQ=DAILY" });
    }

    [Theory]
    [InlineData("""{"type":"http","Url":"http://127.0.0.1/run"}""", typeof(HttpRun))]
    [InlineData("""{"type":"class","Class":"NightlyReport"}""", typeof(ClassRun))]
    public void Kind_of_run_survives_json(string json, Type kind)
    {
        var run = JsonSerializer.Deserialize<RunSpec>(json);

        Assert.IsType(kind, run);
        Assert.IsType(kind, JsonSerializer.Deserialize<RunSpec>(JsonSerializer.Serialize(run)));
    }
}
