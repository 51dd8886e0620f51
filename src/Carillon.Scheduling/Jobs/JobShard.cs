using System.Diagnostics;
using System.Globalization;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// The scheduler of one shard under one term: it holds the due-time index, wakes the actors of its jobs, and creates
/// and removes them.
/// </summary>
public sealed partial class JobShard : Actor<object>
{
    private static readonly object DueTimer = new();
    private static readonly TimeSpan GateRetry = TimeSpan.FromMilliseconds(50);

    /// <summary>A timer counts by another clock than due times are read from; no step of that one is missed for longer.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>A job that fails knows less than the store: its whole shard is read again, under a new term.</summary>
    private static readonly ActorOptions ShardOptions = new() { Supervisor = SupervisorStrategy.Default with { Decide = static _ => Directive.Escalate } };

    private readonly SchedulingContext _context;
    private readonly IActorRef<Append> _writer;
    private readonly IActorRef<object> _history;
    private readonly ShardTerm _term;
    private readonly Dictionary<string, ScheduledJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobCommand> _creating = new(StringComparer.Ordinal);
    private readonly DefinitionPool _pool = new();
    private readonly DueIndex _due = new();
    private readonly Dictionary<string, DateTimeOffset> _dueAfterEnd = new(StringComparer.Ordinal);
    private ShardRecovery? _recovery; // let go once it is taken up
    private ShardAudit? _audit;
    private DateTimeOffset _activatedAt;
    private long _spawned;
    private DateTimeOffset? _timerAt;
    private Action? _whenDrained;
    private readonly HashSet<string> _draining = new(StringComparer.Ordinal);
    private bool _isYielding;

    /// <summary>Makes the scheduler of one shard.</summary>
    /// <param name="recovery">What the store holds of the shard.</param>
    /// <param name="context">What the job actors of a node share.</param>
    /// <param name="writer">Where things are recorded.</param>
    /// <param name="history">The shard's aggregator.</param>
    public JobShard(ShardRecovery recovery, SchedulingContext context, IActorRef<Append> writer, IActorRef<object> history)
    {
        _recovery = recovery;
        _context = context;
        _writer = writer;
        _history = history;
        _term = recovery.Term;
    }

    /// <summary>The options under which it must be spawned.</summary>
    public static ActorOptions SpawnOptions => ShardOptions;

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var recovery = _recovery ?? throw new InvalidOperationException("a shard is opened once");
        _recovery = null;
        _activatedAt = Context.Time.Now();
        _context.Series.Open(_term, recovery.Jobs.Count(static job => !job.SharesSeries));
        _audit = recovery.Audit;
        var taken = new ShardTaken(_term, recovery.Open.Select(static a => a.Key).ToHashSet());
        foreach (var worker in _context.Workers)
        {
            worker.Tell(taken);
        }

        _jobs.EnsureCapacity(recovery.Jobs.Count);
        foreach (var start in JobStarts.From(recovery))
        {
            Add(start);
        }

        var orphans = JobStarts.Orphans(recovery);
        if (orphans.Count > 0)
        {
            _writer.Tell(new Append(_term, orphans, ReplyTo: null));
        }

        ArmTimer();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _context.Series.Close(_term);
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case NextRunChanged next:
                Note(next);
                break;
            case DueTimeReached:
                WakeDue();
                break;
            case JobCommand command:
                Deliver(command);
                break;
            case AppendResult { Tag: RecordAudit } or RecordAudit or ReadAudit:
                ReceiveAudit(message);
                break;
            case AppendResult result:
                FinishCreation(result);
                break;
            case ListJobs list:
                list.ReplyTo.Tell(new JobList(_term, [.. _jobs.Values.Select(static j => j.Job)])
                {
                    ActivatedAt = _activatedAt,
                    Audit = _audit,
                    DueAfterEnd = _dueAfterEnd.ToDictionary(StringComparer.Ordinal),
                });
                break;
            case JobChanged changed when _jobs.TryGetValue(changed.Job.Id, out var job):
                job.Job = changed.Job;
                break;
            case JobRemoved removed:
                Remove(removed.JobId);
                break;
            default:
                ReceiveOfRest(message);
                break;
        }
    }

    private void ReceiveOfRest(object message)
    {
        switch (message)
        {
            case DrainJobs drain:
                StartDrain(DrainJob.Instance, () => drain.ReplyTo.Tell(new JobsDrained(_term)));
                break;
            case PrepareHandover prepare:
                _isYielding = true;
                StartDrain(YieldJob.Instance, () => prepare.ReplyTo.Tell(new HandoverPrepared(_term)));
                break;
            case JobDrained drained:
                NoteDrained(drained.JobId);
                break;
            default:
                throw new UnreachableException($"A job shard does not understand {message.GetType().Name}.");
        }
    }

    private void Add(JobStart start)
    {
        var job = new ScheduledJob(start.Job, start.Memory);
        _jobs.Add(job.Job.Id, job);
        if (start.Open.Count > 0)
        {
            Spawn(job, start.Open);
            return;
        }

        var next = job.NextUndecided(_context);
        _due.Set(job, job.FirstWake(next));
        NoteNextRun(job.Job, new NextRunChanged(job.Job.Id, job.CanRun ? next : null));
    }

    private void NoteNextRun(Job job, NextRunChanged next)
    {
        _history.Tell(next);
        if (next.At is { } due && job.Definition.Schedule.FollowsEnd)
        {
            _dueAfterEnd[job.Id] = due;
        }
        else
        {
            _dueAfterEnd.Remove(job.Id);
        }
    }

    private void Spawn(ScheduledJob job, IReadOnlyList<Attempt> open)
    {
        var start = new JobStart(job.Job, job.Memory, open);
        job.Memory = null;
        job.Sent = 0;
        job.Actor = Context.Spawn(
            string.Create(CultureInfo.InvariantCulture, $"{job.Job.Id}@{++_spawned}"),
            () => new JobActor(start, _activatedAt, _term, _context, _writer, Context.Self));
    }

    private void Note(NextRunChanged next)
    {
        if (next is WakeWish wish)
        {
            Note(wish);
        }
        else if (_jobs.ContainsKey(next.JobId))
        {
            _history.Tell(next);
        }
    }

    private void Note(WakeWish wish)
    {
        if (!_jobs.TryGetValue(wish.JobId, out var job) || job.Actor != wish.Actor)
        {
            return;
        }

        _due.Set(job, wish.WakeAt);
        NoteNextRun(job.Job, wish);
        if (wish.Rest is { } memory && job.Sent == wish.Handled)
        {
            Context.Stop(wish.Actor);
            job.Actor = null;
            job.Memory = memory;
        }

        ArmTimer();
    }

    private void WakeDue()
    {
        _timerAt = null;
        while (!_isYielding && _context.Gate.IsOpen && _due.TakeDue(Context.Time.Now()) is { } job)
        {
            if (job.Actor is null)
            {
                Spawn(job, []); // an actor begins by looking at what is due
            }
            else
            {
                job.Tell(Wake.Instance);
            }
        }

        ArmTimer();
    }

    private void ArmTimer()
    {
        if (_isYielding || _due.Earliest is not { } earliest || _timerAt <= earliest)
        {
            return;
        }

        _timerAt = earliest;
        var shortest = _context.Gate.IsOpen ? TimeSpan.Zero : GateRetry;
        var wait = earliest - Context.Time.Now();
        Context.Timers.StartSingle(DueTimer, DueTimeReached.Instance, wait < shortest ? shortest : wait < LongestWait ? wait : LongestWait);
    }

    private void Deliver(JobCommand command)
    {
        if (_jobs.TryGetValue(command.JobId, out var job))
        {
            Deliver(command, job);
        }
        else if (command is PutJob { Mode: not PutMode.Update } put)
        {
            Create(put);
        }
        else
        {
            command.ReplyTo.Tell(new JobReply(JobReplyStatus.NotFound, Problem: $"there is no job '{command.JobId}'"));
        }
    }

    private void Deliver(JobCommand command, ScheduledJob job)
    {
        switch (command)
        {
            case PutJob { Mode: PutMode.Create }:
                command.ReplyTo.Tell(new JobReply(JobReplyStatus.Conflict, Problem: $"job '{command.JobId}' exists already"));
                break;
            case ReadJob:
                command.ReplyTo.Tell(new JobReply(JobReplyStatus.Done, job.Job));
                break;
            default:
                if (job.Actor is null)
                {
                    Spawn(job, []);
                }

                job.Tell(command);
                break;
        }
    }

    private void Create(PutJob put)
    {
        if (!_creating.TryAdd(put.JobId, put))
        {
            put.ReplyTo.Tell(new JobReply(JobReplyStatus.Conflict, Problem: $"job '{put.JobId}' is being created"));
            return;
        }

        var now = Context.Time.Now();
        var job = new Job
        {
            Definition = _pool.Share(put.Definition),
            CreatedAt = now,
            ScheduledFrom = now,
            Source = put.Source,
            SharesSeries = !_context.Series.TryTake(_term),
        };
        _writer.Tell(new Append(_term, [new SaveJob(job)], Context.Self, job));
    }

    private void FinishCreation(AppendResult result)
    {
        if (result.Tag is not Job job || !_creating.Remove(job.Id, out var command))
        {
            return;
        }

        if (result is not Appended)
        {
            ReturnSeries(job);
        }

        switch (result)
        {
            case Appended appended:
                job = job with { CreatedNo = appended.LastNo };
                Add(new JobStart(job, Memory: null, []));
                ArmTimer();
                command.ReplyTo.Tell(new JobReply(JobReplyStatus.Done, job));
                break;
            case AppendRefused refused:
                command.ReplyTo.Tell(new JobReply(JobReplyStatus.Refused, Problem: refused.Problem));
                break;
            default:
                command.ReplyTo.Tell(new JobReply(JobReplyStatus.Unavailable, Problem: "the shard has moved; ask again"));
                break;
        }

        ReportWhenDrained();
    }

    private void Remove(string jobId)
    {
        if (_jobs.Remove(jobId, out var job))
        {
            ReturnSeries(job.Job);
            _due.Set(job, null);
            _dueAfterEnd.Remove(jobId);
            Context.Stop(job.Actor!); // it is the one who said so
            NoteDrained(jobId);
        }
    }

    private void ReturnSeries(Job job)
    {
        if (!job.SharesSeries)
        {
            _context.Series.Return(_term);
        }
    }

    /// <summary>Brings every job to rest; those without an actor are.</summary>
    private void StartDrain(object order, Action whenDrained)
    {
        _whenDrained = whenDrained;
        foreach (var (id, job) in _jobs.Where(static j => j.Value.Actor is not null))
        {
            _draining.Add(id);
            job.Tell(order);
        }

        ReportWhenDrained();
    }

    private void NoteDrained(string jobId)
    {
        if (_draining.Remove(jobId))
        {
            ReportWhenDrained();
        }
    }

    private void ReportWhenDrained()
    {
        if (_draining.Count == 0 && _creating.Count == 0)
        {
            _whenDrained?.Invoke();
            _whenDrained = null;
        }
    }

    private sealed record DueTimeReached
    {
        public static readonly DueTimeReached Instance = new();
    }
}
