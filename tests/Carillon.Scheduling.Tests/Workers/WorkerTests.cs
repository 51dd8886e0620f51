using Carillon.Actors;
using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Workers;

/// <summary>Timeouts on virtual time, while the code that is run never returns.</summary>
public sealed class WorkerTests
{
    private static readonly Guid Node = Guid.Parse("00000000-0000-0000-0000-00000000000a");

    [Theory]
    [InlineData(false, null, null)] // code without a timeout may run for ever
    [InlineData(false, 20, 20)]
    [InlineData(true, null, 100)] // a request that is never answered must not hold its slot for ever
    [InlineData(true, 20, 20)]
    [InlineData(true, 600, 600)] // but a job's own timeout may be longer
    public async Task Attempt_that_never_returns_times_out_when_its_job_says_so(bool isHttp, int? timeout, int? expected)
    {
        RunSpec run = isHttp ? new HttpRun { Url = "http://127.0.0.1:9/" } : new ClassRun { Class = "A" };
        var job = Sample.EveryTenSeconds(d => d with { Run = run, Timeout = timeout is { } s ? TimeSpan.FromSeconds(s) : null }).Definition;
        var dispatcher = new DeterministicDispatcher(1);
        var time = new VirtualTimeProvider(Sample.Noon, dispatcher);
        await using var system = new ActorSystem("world", new ActorSystemOptions { Time = time, Dispatcher = dispatcher, Random = new Random(1) });
        await using var services = new ServiceCollection().BuildServiceProvider();
        var runner = new AttemptRunner([new Endless()], services.GetRequiredService<IServiceScopeFactory>(), NullLogger<AttemptRunner>.Instance, time);
        var options = new WorkerOptions();
        var worker = system.Spawn<object>("worker", () => new Worker(Node, runner, new UserCodeThreadPool(), options));
        var owner = new Recorder<AttemptEnded>();
        worker.Tell(new RunAttempt(new Slot(1, Node, "default", Sample.Noon), new ShardTerm(3, 7), Sample.Attempt() with { StartedAt = Sample.Noon, StartedNo = 1 }, job, owner));

        // Its code ignores the cancellation: the worker gives it up one grace after the timeout.
        var limit = expected is { } seconds ? TimeSpan.FromSeconds(seconds) + options.CancelGrace : TimeSpan.FromDays(1);
        time.Advance(limit - TimeSpan.FromMilliseconds(1));
        Assert.Empty(owner.Take<AttemptEnded>());

        time.Advance(TimeSpan.FromMilliseconds(1));
        var outcomes = owner.Take<AttemptEnded>().Select(e => e.Result.Outcome);
        Assert.Equal(expected is null ? [] : [Outcome.TimedOut], outcomes);
    }

    private sealed class Endless : IJobExecutor
    {
        public bool CanRun(RunSpec run)
        {
            return true;
        }

        public Task ExecuteAsync(RunSpec run, JobContext context, CancellationToken cancellationToken)
        {
            return new TaskCompletionSource().Task.WaitAsync(CancellationToken.None);
        }
    }
}
