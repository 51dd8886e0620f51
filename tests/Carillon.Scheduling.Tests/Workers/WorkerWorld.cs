using System.Collections.Concurrent;
using Carillon.Actors;
using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Workers;

/// <summary>One worker on virtual time; the test plays the job actors, and says when code returns.</summary>
internal sealed class WorkerWorld : IAsyncDisposable, IUserCodePool, IJobExecutor
{
    private static readonly Guid Node = Guid.Parse("00000000-0000-0000-0000-00000000000a");

    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly VirtualTimeProvider _time;
    private readonly ActorSystem _system;
    private readonly ServiceProvider _services = new ServiceCollection().AddScoped<Unclosable>().BuildServiceProvider();
    private readonly IActorRef<object> _worker;
    private readonly Recorder<AttemptEnded> _owner = new();
    private readonly Recorder<SlotGranted> _asker = new();
    private readonly Recorder<WorkerState> _states = new();
    private readonly Recorder<LiveAttempts> _live = new();
    private readonly ConcurrentDictionary<AttemptKey, (JobContext Context, TaskCompletionSource End)> _code = new();

    public WorkerWorld()
    {
        _time = new VirtualTimeProvider(Sample.Noon, _dispatcher);
        _system = new ActorSystem("world", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) });
        var runner = new AttemptRunner(
            [this], _services.GetRequiredService<IServiceScopeFactory>(), NullLogger<AttemptRunner>.Instance, _time);
        _worker = _system.Spawn<object>("worker", () => new Worker(Alone.On(Node), runner, this, new WorkerOptions()));
    }

    public void Tell(object message)
    {
        Assert.True(_worker.Tell(message), $"the worker takes no {message.GetType().Name}");
        _dispatcher.RunUntilIdle();
    }

    public void Advance(TimeSpan time)
    {
        _time.Advance(time);
    }

    /// <summary>Starts the n-th attempt of a job, on a slot of its own.</summary>
    public AttemptKey Run(JobDefinition job, int n)
    {
        Request(job);
        var slot = Assert.Single(_asker.Take<SlotGranted>()).Slot;
        var key = new AttemptKey(job.Id, Sample.At(n), 1);
        var row = Sample.Attempt() with { Key = key, StartedAt = Sample.Noon, StartedNo = n };
        Tell(new RunAttempt(slot, new ShardTerm(3, 7), row, row.FencingToken, job, _owner));
        return key;
    }

    public void Request(JobDefinition job)
    {
        Tell(new SlotRequest(job, Sample.Noon, _asker, For: null));
    }

    /// <summary>The jobs that have got slots since the last call.</summary>
    public IEnumerable<string> Granted()
    {
        return _asker.Take<SlotGranted>().Select(static g => g.Request.Job.Id);
    }

    public IEnumerable<(AttemptKey Key, Outcome Outcome)> Ended()
    {
        return _owner.Take<AttemptEnded>().Select(static e => (e.Key, e.Result.Outcome));
    }

    public IEnumerable<AttemptResult> EndedResults()
    {
        return _owner.Take<AttemptEnded>().Select(static e => e.Result);
    }

    public WorkerState Read()
    {
        Tell(new ReadWorker(_states));
        return Assert.Single(_states.Take<WorkerState>());
    }

    public LiveAttempt? Live(AttemptKey key)
    {
        Tell(new ReadAttempts([key], _live));
        return Assert.Single(_live.Take<LiveAttempts>()).Items.SingleOrDefault();
    }

    public LiveState? StateOf(AttemptKey key)
    {
        return Live(key)?.State;
    }

    public JobContext Code(AttemptKey key)
    {
        return _code[key].Context;
    }

    /// <summary>Lets the code of an attempt return.</summary>
    public void Return(AttemptKey key)
    {
        _code[key].End.SetResult();
        _dispatcher.RunUntilIdle();
    }

    void IUserCodePool.Queue(IThreadPoolWorkItem work)
    {
        _dispatcher.Post(work.Execute);
    }

    bool IJobExecutor.CanRun(RunSpec run)
    {
        return true;
    }

    Task IJobExecutor.ExecuteAsync(RunSpec run, JobContext context, CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource();
        _code[new AttemptKey(context.JobId, context.ScheduledAt, context.Attempt)] = (context, end);
        return end.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        await _services.DisposeAsync();
    }

    /// <summary>A service that cannot be disposed.</summary>
    internal sealed class Unclosable : IDisposable
    {
        public const string Problem = "what was written cannot be flushed";

        public void Dispose()
        {
            throw new IOException(Problem);
        }
    }
}
