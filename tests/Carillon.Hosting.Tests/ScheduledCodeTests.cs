using Carillon.Model;
using Microsoft.Extensions.Hosting;

namespace Carillon.Hosting.Tests;

/// <summary>Jobs that are declared by attributes.</summary>
public sealed class ScheduledCodeTests
{
    [Fact]
    public async Task Classes_and_methods_run_with_services_of_the_host()
    {
        using var directory = new TemporaryDirectory();
        await using var app = await EmbeddingApp.StartAsync(directory.Path, static carillon => carillon.AddJobs(ScheduledCode.Right));

        Assert.Equal("tick-tock", (await app.Ledger.RunOfAsync("tick-tock")).JobId);
        Assert.Equal("chores.note", (await app.Ledger.RunOfAsync("chores.note")).JobId);
        Assert.Equal("chores.sweep", (await app.Ledger.RunOfAsync("chores.sweep")).JobId);
        Assert.Equal("disposed", (await app.Ledger.RunOfAsync("disposed")).JobId);
    }

    [Fact]
    public void Attributes_say_when_a_job_runs_and_who_answers_for_it()
    {
        var jobs = new CarillonBuilder().AddJobs(ScheduledCode.Right).Jobs.ToDictionary(static j => j.Id);

        Assert.Equal(TimeSpan.FromMilliseconds(50), jobs["tick-tock"].Schedule.Every);
        Assert.Equal(("samples", "me"), (jobs["tick-tock"].Category, jobs["tick-tock"].Owner));
        Assert.Equal(new ScheduleSpec { Cron = "0 2 * * *", TimeZone = "Europe/Berlin" }, jobs["chores.nightly"].Schedule);
        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), jobs["chores.new-year"].Schedule.At);
    }

    [Fact]
    public void Wrong_code_stops_the_start_and_is_named_with_its_place()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

        var error = Assert.Throws<CarillonOptionsException>(
            () => builder.AddCarillon("carillon", static carillon => carillon.AddJobsFromAssembly()));

        const string Wrong = "Carillon.Hosting.Tests.ScheduledCode+Wrong";
        string[] expected =
        [
            "Cron on Carillon.Hosting.Tests.ScheduledCode+Abstract: an abstract class cannot be made",
            "Interval on Carillon.Hosting.Tests.ScheduledCode+NoJob: the class is no IJob",
            $"Cron on {Wrong}.BadCron: schedule.cron '61 * * * *'",
            $"Interval on {Wrong}.BadId: id 'not an id' is not allowed",
            $"Once on {Wrong}.BadInstant: instant 'tomorrow' is not allowed",
            $"Interval on {Wrong}.BadInterval: interval 0 is out of range",
            $"Interval on {Wrong}.BadParameter: parameter 'count' is a Int32",
            $"Interval on {Wrong}.BadReturn: it returns Int32",
            $"Interval on {Wrong}.Generic: a generic method cannot be called",
            $" on {Wrong}.Several: it has several schedules",
            $"Interval on {Wrong}.Taken: id 'tick-tock' is taken by another job",
        ];
        Assert.Equal(expected.Length, error.Problems.Count);
        Assert.All(expected, problem => Assert.Contains(error.Problems, p => p.Sentence.Contains(problem, StringComparison.Ordinal)));
    }
}
