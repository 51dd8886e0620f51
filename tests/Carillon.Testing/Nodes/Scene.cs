using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Testing;

/// <summary>
/// Nodes on virtual time and one thread, with a store and a world outside. After every step the books of the nodes are
/// compared with the rows of the store, and the outside is asked for what must never be.
/// </summary>
public sealed class Scene
{
    /// <summary>When scenes begin.</summary>
    public static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Random _random;
    private readonly Dictionary<string, SimulatedNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>Makes a scene without a node.</summary>
    public Scene(SceneOptions? options = null)
    {
        Options = options ?? new SceneOptions();
        _random = new Random(Options.Seed);
        Dispatcher = new DeterministicDispatcher(_random.Next());
        Time = new VirtualTimeProvider(Noon, Dispatcher);
        Log = new SceneLog(Time);
        StoreClock = new SteppedClock(Time);
        Database = new SimulatedDatabase(StoreClock);
        Outside = new Outside(Database, incarnation => Awake.Any(node => node.Incarnation == incarnation && node.IsOpen));
        Network = new SimulatedNetwork(Time);
    }

    /// <summary>The size of the scene.</summary>
    public SceneOptions Options { get; }

    /// <summary>The true clock.</summary>
    public VirtualTimeProvider Time { get; }

    /// <summary>The store's clock: the true one, unless it is stepped.</summary>
    public SteppedClock StoreClock { get; }

    /// <summary>The true time.</summary>
    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>The rows.</summary>
    public SimulatedDatabase Database { get; }

    /// <summary>What goes wrong on the nodes' way to the store.</summary>
    public StoreFaults Faults { get; } = new();

    /// <summary>What user code does, and what of it reached the outside.</summary>
    public Outside Outside { get; }

    /// <summary>The way from node to node.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>What the nodes log.</summary>
    public SceneLog Log { get; }

    internal DeterministicDispatcher Dispatcher { get; }

    internal GenerationBooks Generations { get; } = new();

    /// <summary>The nodes that live.</summary>
    public IEnumerable<SimulatedNode> Living => _nodes.Values.Where(static n => n.IsAlive);

    /// <summary>The nodes that live and do not stand still.</summary>
    public IEnumerable<SimulatedNode> Awake => Living.Where(static n => n is { IsPaused: false, HasStarted: true });

    /// <summary>The newest life of a node.</summary>
    public SimulatedNode Node(string name = "a")
    {
        return _nodes[name];
    }

    /// <summary>Starts a new life of a node and waits until it has joined.</summary>
    public SimulatedNode Start(string name = "a")
    {
        Finish(BeginStart(name));
        Check();
        return _nodes[name];
    }

    /// <summary>Starts a new life of a node.</summary>
    public Pending<bool> BeginStart(string name)
    {
        var id = new byte[16];
        _random.NextBytes(id);
        var node = new SimulatedNode(this, name, new Guid(id), _random.Next());
        _nodes[name] = node;
        return Begin(async () =>
        {
            try
            {
                await node.StartAsync();
                return true;
            }
            catch
            {
                node.Kill();
                throw;
            }
        });
    }

    /// <summary>Starts a new life of a node that was declared dead, unless somebody else has.</summary>
    internal void Rejoin(SimulatedNode dead)
    {
        if (_nodes[dead.Name] == dead)
        {
            BeginStart(dead.Name);
        }
    }

    /// <summary>Kills a node, at any moment.</summary>
    public void Kill(string name = "a")
    {
        _nodes[name].Kill();
    }

    /// <summary>Lets a node leave, and waits until it has.</summary>
    public void Stop(string name = "a")
    {
        Finish(BeginStop(name));
        Check();
    }

    /// <summary>Lets a node begin to leave.</summary>
    public Pending<bool> BeginStop(string name = "a")
    {
        var node = _nodes[name];
        return Begin(async () =>
        {
            await node.StopAsync();
            return true;
        });
    }

    /// <summary>Creates or changes a job.</summary>
    public Job Put(JobDefinition definition)
    {
        return Done(Do(jobs => jobs.PutAsync(definition, PutMode.CreateOrUpdate))).Job!;
    }

    /// <summary>Triggers a job.</summary>
    /// <returns>The execution.</returns>
    public Guid Trigger(string jobId, string? payload = null, string? key = null, DateTimeOffset? dueAt = null)
    {
        return Done(Do(jobs => jobs.TriggerAsync(jobId, payload, key, dueAt))).ExecutionId!.Value;
    }

    /// <summary>Pauses a job.</summary>
    public void Pause(string jobId, DateTimeOffset? until = null)
    {
        Done(Do(jobs => jobs.PauseAsync(jobId, "a test", "test", until)));
    }

    /// <summary>Pauses the whole scheduler, or with null ends its pause, through the store of a node.</summary>
    public void PauseAll(Pause? pause)
    {
        var store = Living.First().Store;
        Finish(Begin(async () =>
        {
            await store.SetPauseAsync(pause, CancellationToken.None);
            return true;
        }));
        Check();
    }

    /// <summary>Resumes a job.</summary>
    public void Resume(string jobId)
    {
        Done(Do(jobs => jobs.ResumeAsync(jobId)));
    }

    /// <summary>Removes a job.</summary>
    public void Remove(string jobId)
    {
        Done(Do(jobs => jobs.RemoveAsync(jobId)));
    }

    /// <summary>Asks something of the jobs, and waits for the reply.</summary>
    public JobReply Do(Func<IJobClient, Task<JobReply>> ask)
    {
        var reply = Finish(Begin(ask));
        Check();
        return reply;
    }

    /// <summary>Asks something of the jobs without waiting.</summary>
    public Pending<JobReply> Begin(Func<IJobClient, Task<JobReply>> ask)
    {
        var jobs = Awake.First().Jobs;
        return Begin(() => ask(jobs));
    }

    /// <summary>Lets time pass until something asked for is answered.</summary>
    public T Finish<T>(Pending<T> pending)
    {
        var limit = Now + Patience;
        Dispatcher.RunUntilIdle();
        while (!pending.IsDone)
        {
            var next = Time.NextTimer;
            if (next is null || next > limit)
            {
                throw new InvalidOperationException($"No answer within {Patience} of virtual time.{Environment.NewLine}{this}");
            }

            Time.AdvanceTo(next.Value);
        }

        return pending.Answer;
    }

    /// <summary>Lets time pass, and checks the books.</summary>
    public void Pass(TimeSpan time)
    {
        Time.Advance(time);
        Check();
    }

    /// <summary>Lets time pass, and checks the books.</summary>
    public void Pass(double seconds)
    {
        Pass(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>The statistics of a job, as any page shows them.</summary>
    public JobStatistics Statistics(string jobId)
    {
        return Gather().SelectMany(p => p.Jobs).Single(j => string.Equals(j.JobId, jobId, StringComparison.Ordinal));
    }

    /// <summary>The books of a job, as any page shows them.</summary>
    public ExecutionCounts Books(string jobId)
    {
        return Statistics(jobId).Counts;
    }

    /// <summary>The rows of a job's attempts, in the order in which they were planned.</summary>
    public IReadOnlyList<Attempt> Attempts(string jobId)
    {
        return [.. Database.Attempts.Where(a => string.Equals(a.Key.JobId, jobId, StringComparison.Ordinal)).OrderBy(a => a.PlannedNo)];
    }

    /// <summary>The rows of a job's stretches without a run, oldest first.</summary>
    public IReadOnlyList<OccurrenceRun> Runs(string jobId)
    {
        return [.. Database.Runs.Where(r => string.Equals(r.JobId, jobId, StringComparison.Ordinal)).OrderBy(r => r.From)];
    }

    /// <summary>Every roll-up: the recorded ones, with those in their place that the owners have not recorded yet.</summary>
    public IReadOnlyList<Rollup> Rollups()
    {
        var newest = Database.Rollups.ToDictionary(static r => (r.JobId, r.Span, r.Start, r.FirstNo));
        foreach (var unsaved in Awake.ToArray().SelectMany(node => Tell(node, node.UnsavedRollupsAsync)))
        {
            newest[(unsaved.JobId, unsaved.Span, unsaved.Start, unsaved.FirstNo)] = unsaved;
        }

        return [.. newest.Values];
    }

    /// <summary>What the owners of the shards say, those of them that can speak.</summary>
    public IReadOnlyList<ShardHistoryPart> Gather()
    {
        return [.. Awake.ToArray().SelectMany(node => Tell(node, node.GatherAsync))];
    }

    /// <summary>A page of the whole cluster, from one node.</summary>
    public Pending<ShardAnswers<ShardHistoryPart>> BeginPage(string name)
    {
        return Begin(_nodes[name].ReadPageAsync);
    }

    /// <summary>Resets the statistics through a node.</summary>
    /// <returns>The first page after it.</returns>
    public Pending<ShardAnswers<ShardHistoryPart>> BeginReset(string name)
    {
        return Begin(_nodes[name].ResetAsync);
    }

    /// <summary>What a node's worker has to do.</summary>
    public WorkerState Worker(string name = "a")
    {
        var worker = _nodes[name].Worker;
        return Finish(Begin(() => worker.AskAsync<object, WorkerState>(replyTo => new ReadWorker(replyTo))));
    }

    /// <summary>Everything that must hold between two steps.</summary>
    public void Check()
    {
        if (Options.ChecksRows)
        {
            SceneCheck.Run(this);
        }
    }

    /// <summary>What is needed to understand a failure.</summary>
    public override string ToString()
    {
        return $"seed {Options.Seed}, {Now:O}{Environment.NewLine}{string.Join(Environment.NewLine, Log.Lines.TakeLast(15))}";
    }

    /// <summary>Who lives, and who owns what.</summary>
    public string Ownership
    {
        get
        {
            var names = Database.Nodes.ToDictionary(static n => n.Incarnation, static n => $"{n.Name}@{n.StartedAt:mm:ss}");
            var nodes = Database.Nodes.Where(n => n.Status != NodeStatus.Dead)
                .Select(n => $"{names[n.Incarnation]} {n.Status} beat {n.Beat}, lease until {n.LeaseUntil:HH:mm:ss.fff}");
            var shards = Database.Shards.Select(s => $"{s.Id}/{s.Epoch}: {(s.Owner is { } owner ? names.GetValueOrDefault(owner) : "-")}");
            var lives = Living.Select(n => $"{names.GetValueOrDefault(n.Incarnation)}{(n.IsPaused ? " stands still" : "")}");
            return $"{Now:HH:mm:ss.fff}; rows: {string.Join("; ", nodes)}; processes: {string.Join("; ", lives)}; shards: {string.Join("; ", shards)}";
        }
    }

    /// <summary>Does something on the simulation's thread, before time passes.</summary>
    public void Post(Action action)
    {
        Dispatcher.Post(action);
    }

    /// <summary>Starts asynchronous work on the simulation's thread.</summary>
    public Pending<T> Begin<T>(Func<Task<T>> work)
    {
        var pending = new Pending<T>();
        Dispatcher.Post(() => _ = pending.FollowAsync(work));
        return pending;
    }

    /// <summary>What a node tells; nothing when it dies over it, or when the store does not let it begin a reset.</summary>
    private IReadOnlyList<T> Tell<T>(SimulatedNode node, Func<Task<IReadOnlyList<T>>> tell)
    {
        var told = Begin(tell);
        try
        {
            return Finish(told);
        }
        catch (Exception error) when (error is AskTimeoutException or ActorUnavailableException && (!node.IsAlive || Database.HasBeenReset))
        {
            return [];
        }
    }

    private static JobReply Done(JobReply reply)
    {
        return reply.Status == JobReplyStatus.Done ? reply : throw new InvalidOperationException($"{reply.Status}: {reply.Problem}");
    }
}
