using Carillon.Actors;
using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling;

/// <content>What people and programs ask of a job, and its end.</content>
internal sealed partial class JobActor
{
    private const int MaxWaitingChanges = 100;
    private const int MaxOpen = 10_000;
    private static readonly TimeSpan TriggerKeyLifetime = TimeSpan.FromHours(24);

    private readonly TriggerKeys _keys;
    private readonly Dictionary<string, List<IActorRef<JobReply>>> _keysInFlight = new(StringComparer.Ordinal);
    private readonly Queue<JobCommand> _waitingChanges = new();
    private JobCommand? _change; // the one whose append is in flight
    private RemoveJob? _removal;
    private bool _isRemoving; // the append of the removal is in flight, or through
    private DateTimeOffset _lastTrigger;

    private void Accept(JobCommand command)
    {
        if (_removal is not null)
        {
            command.ReplyTo.Tell(new JobReply(JobReplyStatus.Conflict, _job, Problem: $"job '{_job.Id}' is being removed"));
        }
        else if (command is TriggerJob trigger)
        {
            Trigger(trigger);
        }
        else if (command is CancelExecution cancel)
        {
            Cancel(cancel);
        }
        else if (_waitingChanges.Count < MaxWaitingChanges)
        {
            _waitingChanges.Enqueue(command);
            Advance();
        }
        else
        {
            command.ReplyTo.Tell(new JobReply(JobReplyStatus.Unavailable, Problem: $"job '{_job.Id}' has {MaxWaitingChanges} changes waiting"));
        }
    }

    /// <summary>
    /// Takes up the changes that wait, and the one that time brings: the end of a pause. Not before all that fell due
    /// is decided about by the job as it was, which takes the lease.
    /// </summary>
    /// <returns>Whether the job is about to be another one.</returns>
    private bool BeginsChange(DateTimeOffset now)
    {
        if (_hasMore || !_context.Gate.HoldsLease)
        {
            return false;
        }

        while (_waitingChanges.TryDequeue(out var command))
        {
            Carry(command, now);
            if (_change is not null || _removal is not null)
            {
                return true;
            }
        }

        if (_job.Pause is { } pause && pause.IsOver(now))
        {
            Carry(new ResumeJob(_job.Id, Context.Self), now);
        }

        return _change is not null;
    }

    private void Carry(JobCommand command, DateTimeOffset now)
    {
        switch (command)
        {
            case PutJob put:
                Change(put, Updated(put, now));
                break;
            case PauseJob pause:
                Change(pause, _job with { Version = _job.Version + 1, Pause = PauseOf(pause, now) });
                break;
            case ResumeJob when _job.Pause is not null:
                Change(command, _job with { Version = _job.Version + 1, Pause = null });
                break;
            case RemoveJob remove:
                _removal = remove;
                RemoveWhenQuiet();
                break;
            default:
                command.ReplyTo.Tell(new JobReply(JobReplyStatus.Done, _job));
                break;
        }
    }

    private Job Updated(PutJob put, DateTimeOffset now)
    {
        var keepsSchedule = put.Definition.Schedule == _job.Definition.Schedule && put.Definition.Enabled == _job.Definition.Enabled;
        return _job with
        {
            Definition = put.Definition,
            Version = _job.Version + 1,
            Source = put.Source,
            Pause = put.Source == JobSource.Declared && _job.Pause is { IsUndeclared: true } ? null : _job.Pause,
            ScheduledFrom = keepsSchedule ? _job.ScheduledFrom : now,
        };
    }

    /// <summary>Records a changed job. What fell due before the change is decided about by the job as it was.</summary>
    private void Change(JobCommand command, Job changed)
    {
        _due = null;
        _stretches.Close();
        _change = command;
        if (_stretches.TakeUnsaved() is { Count: > 0 } stretches)
        {
            AppendWrites(stretches); // by themselves: the store may refuse the change
        }

        AppendWrites([.. Rescheduled(changed), new SaveJob(changed)], _ => Adopt(changed), problem => Complete(new JobReply(JobReplyStatus.Refused, _job, Problem: problem)));
    }

    /// <summary>What is due and waits under the schedule that is given up: the new one does not know it.</summary>
    private SaveOccurrenceRun[] Rescheduled(Job changed)
    {
        if (changed.ScheduledFrom == _job.ScheduledFrom || _nextUndecided is not { } first || first > changed.ScheduledFrom)
        {
            return [];
        }

        var visits = OccurrencePlanner.MaxVisits; // no more than a backlog waits
        var until = _job.Definition.Schedule.FollowsEnd ? first : changed.ScheduledFrom; // none is owed after one that waits
        var (count, last) = _schedule.Pass(first, until, ref visits);
        return [new SaveOccurrenceRun(new OccurrenceRun(_job.Id, first, last, count, Outcome.Skipped, SkipReasons.Rescheduled))];
    }

    private void Adopt(Job changed)
    {
        if (changed.Definition.Schedule != _job.Definition.Schedule)
        {
            _schedule = _context.ScheduleOf(changed);
        }

        _job = changed;
        _told = null;
        _plannedThrough = Later(_plannedThrough, changed.ScheduledFrom);
        _shard.Tell(new JobChanged(changed));
        Complete(new JobReply(JobReplyStatus.Done, changed));
    }

    private void Complete(JobReply reply)
    {
        _change?.ReplyTo.Tell(reply);
        _change = null;
        Advance();
    }

    private void Trigger(TriggerJob trigger)
    {
        if (_open.Count >= MaxOpen)
        {
            trigger.ReplyTo.Tell(new JobReply(JobReplyStatus.Unavailable, _job, Problem: $"job '{_job.Id}' has {MaxOpen} executions open"));
            return;
        }

        var now = Context.Time.Now();
        if (trigger.IdempotencyKey is { } used)
        {
            if (_keys.Find(used, now) is { } known)
            {
                trigger.ReplyTo.Tell(new JobReply(JobReplyStatus.Done, _job, ExecutionId.Of(_job.Id, known)));
                WishToWake(now);
                return;
            }

            if (_keysInFlight.TryGetValue(used, out var others))
            {
                others.Add(trigger.ReplyTo);
                return;
            }

            _keysInFlight.Add(used, []);
        }

        var dueAt = trigger.DueAt is { } later ? Later(now, Instant.Truncate(later)) : now;
        var attempt = new Attempt
        {
            Key = new AttemptKey(_job.Id, FreeInstant(now), 1),
            Shard = _term.Shard,
            Trigger = TriggerKind.Manual,
            DueAt = dueAt,
            Payload = trigger.Payload,
            TraceParent = trigger.TraceParent,
        };
        var key = trigger.IdempotencyKey is { } name ? new TriggerKey(_job.Id, name, attempt.Key.ScheduledAt, dueAt + TriggerKeyLifetime) : null;
        ShardWrite[] writes = key is null ? [new PlanAttempt(attempt)] : [new PlanAttempt(attempt), new SaveTriggerKey(key)];
        AppendWrites(
            writes,
            _ =>
            {
                _open.Add(new OpenAttempt(attempt, AttemptPhase.Waiting, openSince: null));
                AnswerTrigger(trigger, key, new JobReply(JobReplyStatus.Done, _job, attempt.Key.ExecutionId));
                Advance();
            },
            problem =>
            {
                AnswerTrigger(trigger, key: null, new JobReply(JobReplyStatus.Refused, _job, Problem: problem));
                Advance();
            });
    }

    private static Pause PauseOf(PauseJob pause, DateTimeOffset now)
    {
        return new Pause(pause.Reason, pause.Author, now, pause.Until is { } until ? Instant.Truncate(until) : null);
    }

    private void AnswerTrigger(TriggerJob trigger, TriggerKey? key, JobReply reply)
    {
        if (key is not null)
        {
            _keys.Add(key);
        }

        trigger.ReplyTo.Tell(reply);
        if (trigger.IdempotencyKey is { } used && _keysInFlight.Remove(used, out var others))
        {
            others.ForEach(o => o.Tell(reply));
        }
    }

    /// <summary>
    /// An instant that no occurrence of this job has. Schedules keep to whole milliseconds, so one between them can
    /// only meet another trigger.
    /// </summary>
    private DateTimeOffset FreeInstant(DateTimeOffset now)
    {
        var instant = now > _lastTrigger ? now : _lastTrigger.AddMicroseconds(1);
        if (instant.Microsecond == 0)
        {
            instant = instant.AddMicroseconds(1);
        }

        _lastTrigger = instant;
        return instant;
    }

    /// <summary>Ends everything that is open and removes the job, in one append, once no other append is on its way.</summary>
    private void RemoveWhenQuiet()
    {
        if (_appendsInFlight > 0 || _removal is not { } removal || _isRemoving)
        {
            return;
        }

        _isRemoving = true;
        Remove(removal);
    }

    private void Remove(RemoveJob removal)
    {
        var ends = _open.ConvertAll(static o => new FinishAttempt(o.Row.Key, AttemptResults.Cancelled(CancelReasons.Deleted), o.HasStarted));
        _open.ForEach(static o => o.MoveTo(AttemptPhase.Ending)); // so that a result that comes meanwhile is not recorded as a second end
        AppendWrites([.. _stretches.TakeUnsaved(), .. ends, new DeleteJob(_job.Id)], _ =>
        {
            foreach (var open in _open.Where(static o => o.Row.Node is not null))
            {
                var worker = _context.WorkerOf(open.Row.Node!.Value);
                worker.Tell(new CancelAttempt(open.Row.Key, CancelReasons.Deleted));
                worker.Tell(new AttemptRecorded(open.Row.Key));
            }

            _open.Clear();
            foreach (var waiting in _waitingChanges)
            {
                waiting.ReplyTo.Tell(new JobReply(JobReplyStatus.NotFound, Problem: $"job '{_job.Id}' was removed"));
            }

            removal.ReplyTo.Tell(new JobReply(JobReplyStatus.Done, _job));
            _shard.Tell(new JobRemoved(_job.Id));
        });
    }
}
