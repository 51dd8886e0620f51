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
        var worker = system.Spawn<object>("worker", () => new Worker(Alone.On(Node), runner, new UserCodeThreadPool(), options));
        var owner = new Recorder<AttemptEnded>();
        worker.Tell(new RunAttempt(new Slot(1, Node, "default", Sample.Noon), new ShardTerm(3, 7), Sample.Attempt() with { StartedAt = Sample.Noon, StartedNo = 1 }, FencingToken: 1, job, owner));

        // Its code ignores the cancellation: the worker gives it up one grace after the timeout.
        var limit = expected is { } seconds ? TimeSpan.FromSeconds(seconds) + options.CancelGrace : TimeSpan.FromDays(1);
        time.Advance(limit - TimeSpan.FromMilliseconds(1));
        Assert.Empty(owner.Take<AttemptEnded>());

        time.Advance(TimeSpan.FromMilliseconds(1));
        var outcomes = owner.Take<AttemptEnded>().Select(e => e.Result.Outcome);
        Assert.Equal(expected is null ? [] : [Outcome.TimedOut], outcomes);
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip, 32, 1)]
    [InlineData(OverlapPolicy.Queue, 32, 1)]
    [InlineData(OverlapPolicy.Allow, 2, 2)]
    public async Task Code_that_ignores_its_end_keeps_its_slot_and_the_room_of_its_job_until_it_returns(
        OverlapPolicy overlap, int maxConcurrent, int running)
    {
        await using var world = new WorkerWorld();
        var job = Sample.EveryTenSeconds(d => d with { Overlap = overlap, MaxConcurrent = maxConcurrent }).Definition;
        var keys = Enumerable.Range(1, running).Select(n => world.Run(job, n)).ToArray();

        world.Tell(new CancelAttempt(keys[0], "why"));
        Assert.Equal(LiveState.Cancelling, world.StateOf(keys[0]));
        world.Advance(new WorkerOptions().CancelGrace);

        Assert.Equal((keys[0], Outcome.Cancelled), Assert.Single(world.Ended()));
        Assert.Equal(LiveState.Overdue, world.StateOf(keys[0]));
        Assert.Equal((running, 1), (world.Read().Active, world.Read().Overdue));
        world.Request(job);
        world.Request(Sample.EveryTenSeconds(d => d with { Id = "other" }).Definition);
        Assert.Equal(["other"], world.Granted());

        world.Return(keys[0]);

        Assert.Equal([job.Id], world.Granted());
        Assert.Equal((null, 0), (world.StateOf(keys[0]), world.Read().Overdue));
        Assert.Empty(world.Ended());
    }

    [Fact]
    public async Task End_is_told_to_the_newest_owner_although_an_earlier_one_asks_later()
    {
        await using var world = new WorkerWorld();
        var key = world.Run(Sample.EveryTenSeconds().Definition, 1);
        var (newest, earlier) = (new Recorder<object>(), new Recorder<object>());
        world.Tell(new FindAttempt(key, new ShardTerm(3, 9), newest));
        world.Tell(new FindAttempt(key, new ShardTerm(3, 8), earlier));

        world.Return(key);
        Assert.Equal(key, Assert.Single(newest.Take<AttemptEnded>()).Key);
        world.Tell(new FindAttempt(key, new ShardTerm(3, 8), earlier));

        Assert.Empty(earlier.Take<AttemptEnded>());
        Assert.Empty(world.Ended());
    }

    [Fact]
    public async Task Second_cancellation_gives_no_further_grace_and_changes_no_reason()
    {
        await using var world = new WorkerWorld();
        var key = world.Run(Sample.EveryTenSeconds().Definition, 1);
        var grace = new WorkerOptions().CancelGrace;

        world.Tell(new CancelAttempt(key, "first"));
        world.Advance(grace - TimeSpan.FromMilliseconds(1));
        world.Tell(new CancelAttempt(key, "second"));
        Assert.Empty(world.Ended());
        world.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("first", Assert.Single(world.EndedResults()).Reason);
    }

    [Fact]
    public async Task What_code_says_while_it_runs_can_be_read_and_is_kept_at_its_end()
    {
        await using var world = new WorkerWorld();
        var key = world.Run(Sample.EveryTenSeconds().Definition, 1);

        world.Code(key).Progress.Report(0.25, "a quarter");
        world.Code(key).Output.WriteLine("hello");
        var live = world.Live(key);
        Assert.Equal((new ProgressReport(0.25, "a quarter"), "hello\n"), (live?.Progress, live?.Output.Text()));

        world.Return(key);
        Assert.Equal("hello\n", Assert.Single(world.EndedResults()).Output);
        Assert.Null(world.Live(key));
    }

    [Fact]
    public async Task Service_that_throws_when_it_is_disposed_is_the_failure_of_its_attempt_and_frees_the_slot()
    {
        await using var world = new WorkerWorld();
        var key = world.Run(Sample.EveryTenSeconds().Definition, 1);
        world.Code(key).Services.GetRequiredService<WorkerWorld.Unclosable>();

        world.Return(key);

        var result = Assert.Single(world.EndedResults());
        Assert.Equal((Outcome.Failed, WorkerWorld.Unclosable.Problem), (result.Outcome, result.Error?.Message));
        Assert.Equal(0, world.Read().Active);
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
