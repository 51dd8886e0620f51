using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Scheduling.Tests.Jobs;

/// <summary>One job actor on virtual time; the test plays its writer, its worker and its shard.</summary>
internal sealed class JobWorld : IAsyncDisposable
{
    /// <summary>The node of the job and of its worker.</summary>
    public static readonly Guid Node = Guid.Parse("00000000-0000-0000-0000-00000000000a");

    private static readonly ShardTerm Term = new(3, 7);

    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly VirtualTimeProvider _time;
    private readonly ActorSystem _system;
    private readonly Recorder<Append> _writer = new();
    private readonly IActorRef<object> _job;
    private long _lastNo = 100;
    private long _lastSlot;

    public JobWorld(Job job)
    {
        _time = new VirtualTimeProvider(Sample.Noon, _dispatcher);
        _system = new ActorSystem("world", new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1), CheckMessages = true });
        var context = Context(Worker, Pause, Gate);
        var start = new JobStart(job, JobMemory.Of(job) with { HasHistory = true }, []);
        _job = _system.Spawn<object>("job", () => new JobActor(start, Sample.Noon, Term, context, _writer, Shard));
        _dispatcher.RunUntilIdle();
    }

    public PauseView Pause { get; } = new();

    public LeaseGate Gate { get; } = new();

    public Recorder<object> Worker { get; } = new();

    public Recorder<object> Shard { get; } = new();

    /// <summary>What job actors share, with nothing behind it.</summary>
    public static SchedulingContext Context(IActorRef<object>? worker = null, PauseView? pause = null, IStartGate? gate = null)
    {
        return new SchedulingContext(Node, worker ?? new Recorder<object>(), gate ?? new LeaseGate(), new NodeDirectory(), pause ?? new PauseView(), new LocalActors(Node));
    }

    public void Tell(object message)
    {
        Assert.True(_job.Tell(message), $"the job takes no {message.GetType().Name}");
        _dispatcher.RunUntilIdle();
    }

    public void Advance(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The appends that the job has sent since the last call.</summary>
    public IReadOnlyList<Append> Sent()
    {
        return _writer.Take<Append>();
    }

    /// <summary>Answers the only append that is on its way as committed.</summary>
    public IReadOnlyList<ShardWrite> CommitOne()
    {
        var append = Assert.Single(Sent());
        Commit(append);
        return append.Writes;
    }

    public void Commit(Append append)
    {
        Assert.NotNull(append.ReplyTo);
        _lastNo += append.Writes.Count;
        append.ReplyTo.Tell(new Appended(append, _lastNo));
        _dispatcher.RunUntilIdle();
    }

    /// <summary>Answers the only append that is on its way as refused.</summary>
    public void RefuseOne()
    {
        var append = Assert.Single(Sent());
        Assert.NotNull(append.ReplyTo);
        append.ReplyTo.Tell(new AppendRefused(append, "a test"));
        _dispatcher.RunUntilIdle();
    }

    /// <summary>Grants the only slot that has been asked for.</summary>
    public Slot GrantOne()
    {
        var request = Assert.Single(Worker.Take<SlotRequest>());
        var slot = new Slot(++_lastSlot, Node, request.Job.Queue, _time.Now());
        Tell(new SlotGranted(slot, request));
        return slot;
    }

    public ValueTask DisposeAsync()
    {
        return _system.DisposeAsync();
    }

    /// <summary>Open while the test says that the node holds its lease.</summary>
    internal sealed class LeaseGate : IStartGate
    {
        public bool IsOpen => HoldsLease;

        public bool HoldsLease { get; set; } = true;
    }
}
