using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Executors;

public sealed class JobClassesTests
{
    private readonly JobClasses _classes = new();

    [Fact]
    public void Names_are_sorted()
    {
        _classes.Add("b", static (_, _) => Task.CompletedTask);
        _classes.Add("a", static (_, _) => Task.CompletedTask);
        _classes.Add("B", static (_, _) => Task.CompletedTask);

        Assert.Equal(["B", "a", "b"], _classes.Names);
        Assert.Null(_classes.Find("c"));
    }

    [Fact]
    public void Name_that_is_taken_is_refused()
    {
        _classes.Add("a", static (_, _) => Task.CompletedTask);

        var error = Assert.Throws<ArgumentException>(() => _classes.Add<Probe>("a"));

        Assert.Contains("'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_attempt_gets_an_instance_of_its_own_made_from_its_services()
    {
        var made = new List<Probe>();
        await using var services = new ServiceCollection().AddSingleton(made).BuildServiceProvider();
        _classes.Add<Probe>("probe");
        var context = new JobContext
        {
            JobId = "a",
            ExecutionId = Guid.Empty,
            ScheduledAt = DateTimeOffset.UnixEpoch,
            Attempt = 1,
            FencingToken = 1,
            Log = NullLogger.Instance,
            Output = new JobOutput(),
            Progress = new JobProgress(),
            Services = services,
        };

        await _classes.Find("probe")!(context, CancellationToken.None);
        await _classes.Find("probe")!(context, CancellationToken.None);

        Assert.Equal(2, made.Distinct().Count());
    }

    private sealed class Probe(List<Probe> made) : IJob
    {
        public Task ExecuteAsync(JobContext context, CancellationToken cancellationToken)
        {
            made.Add(this);
            return Task.CompletedTask;
        }
    }
}
