using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// Keeps the histories of one shard for one term. Understands <see cref="CommittedEvents"/>,
/// <see cref="NextRunChanged"/>, <see cref="GatherHistory"/>,
/// <see cref="ReadJobStatistics"/>, <see cref="ReadJobRollups"/>, <see cref="ReadRollups"/>, <see cref="SaveAll"/>,
/// <see cref="PrepareHandover"/> and <see cref="AppendResult"/>.
/// A history that has failed does not start again, because what it was restored from is old by then: it stops, and
/// whoever owns the shard loads it anew.
/// </summary>
public sealed partial class HistoryShard : Actor<object>
{
    private const int MaxHeld = 1_000;
    private static readonly object Tick = new();

    private readonly ShardTerm _term;
    private readonly HistoryOptions _options;
    private readonly IActorRef<Append> _writer;
    private readonly List<Action<string?>> _whenSaved = [];
    private readonly Queue<object> _held = [];
    private ShardRecovery? _recovery;
    private ShardHistory? _history;
    private int _inFlight;
    private string? _problem;

    /// <summary>Makes the actor; it restores the histories when it starts.</summary>
    /// <param name="term">The shard, and the term of this owner.</param>
    /// <param name="recovery">What the store knew when the term began.</param>
    /// <param name="options">How histories are kept.</param>
    /// <param name="writer">Where snapshots are appended.</param>
    public HistoryShard(ShardTerm term, ShardRecovery recovery, HistoryOptions options, IActorRef<Append> writer)
    {
        _term = term;
        _recovery = recovery;
        _options = options;
        _writer = writer;
    }

    private ShardHistory History => _history
        ?? throw new InvalidOperationException($"the history of shard {_term.Shard} has not been restored");

    /// <inheritdoc/>
    protected override void PreStart()
    {
        var restored = _recovery ?? throw new InvalidOperationException("a history is restored once");
        _history = new ShardHistory(restored, _options, Context.Time.Now());
        _recovery = null;
        var interval = _options.SnapshotInterval / 10;
        Context.Timers.StartPeriodic(Tick, Tick, interval, interval);
        Send(_history.TakeDue());
    }

    /// <inheritdoc/>
    protected override void PostRestart(Exception cause)
    {
        LogNotRestarted(Context.Log, _term.Shard, _term.Epoch, cause);
        Context.StopSelf();
    }

    /// <inheritdoc/>
    protected override void Receive(object message)
    {
        switch (message)
        {
            case CommittedEvents committed when committed.Term == _term:
                Fold(committed.Events);
                break;
            case NextRunChanged next:
                History.SetNextRun(next.JobId, next.At);
                break;
            case AppendResult result:
                Settle(result);
                break;
            case SaveAll save:
                SaveAll(save.ReplyTo);
                break;
            case PrepareHandover prepare:
                Prepare(prepare.ReplyTo);
                break;
            case var tick when ReferenceEquals(tick, Tick):
                Send(History.TakeOverdue(Context.Time.Now()));
                break;
            default:
                Ask(message);
                break;
        }
    }

    private void SaveAll(IActorRef<AllSaved> replyTo)
    {
        Save(problem => replyTo.Tell(new AllSaved(_term, problem)));
    }

    private void Prepare(IActorRef<HandoverPrepared> replyTo)
    {
        Save(_ => replyTo.Tell(new HandoverPrepared(_term)));
    }

    private void Save(Action<string?> whenSaved)
    {
        // What was refused before is sent again now, so only what follows decides the answer.
        _problem = null;
        _whenSaved.Add(whenSaved);
        Send(History.TakeAll());
        ReplyWhenSaved();
    }

    private void Fold(ArraySegment<ShardEvent> facts)
    {
        History.Fold(facts, Context.Time.Now());
        if (SchedulerInstruments.IsEnabled)
        {
            SchedulerInstruments.Record(facts, History.CategoryOf);
        }

        Send(History.TakeDue());
    }

    private void Ask(object question)
    {
        if (question is GatherHistory { Generation: var asked } && asked > History.Generation)
        {
            History.Reset(asked);
            Send(History.TakeDue());
        }

        if (!History.IsResetSaved)
        {
            Hold(question);
            return;
        }

        switch (question)
        {
            case GatherHistory gather:
                gather.ReplyTo.Tell(History.Part(gather.EveryJob));
                break;
            case ReadDecided read:
                read.ReplyTo.Tell(new DecidedOccurrences(_term, History.Decided()));
                break;
            case ReadJobStatistics read:
                read.ReplyTo.Tell(new JobStatisticsRead(_term, History.Statistics(read.JobId)));
                break;
            case ReadJobRollups read:
                read.ReplyTo.Tell(new UnsavedRollups(_term, History.UnsavedRollups(read.JobId)));
                break;
            case ReadRollups read:
                read.ReplyTo.Tell(new UnsavedRollups(_term, History.UnsavedRollups()));
                break;
        }
    }

    private void Send(IReadOnlyList<IReadOnlyList<ShardWrite>> steps)
    {
        foreach (var step in steps)
        {
            if (_writer.Tell(new Append(_term, step, Context.Self, step)))
            {
                _inFlight++;
            }
            else
            {
                NotSaved(step, "the shard writer does not accept any more");
            }
        }
    }

    private void Settle(AppendResult result)
    {
        _inFlight--;
        switch (result)
        {
            case Appended { Tag: IReadOnlyList<ShardWrite> step }:
                History.Saved(step);
                break;
            case AppendFenced:
                // The next owner folds the same facts; there is nothing left to save under this term.
                _problem = $"epoch {_term.Epoch} of shard {_term.Shard} has ended";
                break;
            case AppendRefused { Tag: IReadOnlyList<ShardWrite> step } refused:
                NotSaved(step, refused.Problem);
                break;
        }

        ReplyWhenSaved();
        while (History.IsResetSaved && _held.TryDequeue(out var question))
        {
            Ask(question);
        }
    }

    /// <summary>Keeps a question until the reset is recorded; who asks too much gets no answer in time.</summary>
    private void Hold(object question)
    {
        if (_held.Count < MaxHeld)
        {
            _held.Enqueue(question);
        }
    }

    private void NotSaved(IReadOnlyList<ShardWrite> step, string problem)
    {
        LogNotSaved(Context.Log, _term.Shard, step.Count, problem);
        _problem = problem;
        History.NotSaved(step);
    }

    private void ReplyWhenSaved()
    {
        if (_inFlight > 0)
        {
            return;
        }

        foreach (var saved in _whenSaved)
        {
            saved(_problem);
        }

        _whenSaved.Clear();
        _problem = null;
    }
}
