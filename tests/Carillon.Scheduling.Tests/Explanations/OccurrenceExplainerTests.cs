using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Explanations;
using Carillon.Scheduling.Tests.Jobs;
using Carillon.Scheduling.Tests.Schedules;

namespace Carillon.Scheduling.Tests.Explanations;

/// <summary>Why occurrences of a job of 12:00:00, 12:00:10 … ran or did not, and why other instants are none.</summary>
public sealed class OccurrenceExplainerTests
{
    private static readonly Guid NodeA = Guid.Parse("7b0c5b1e-0000-4000-8000-000000000001");

    private static readonly CalendarSet Calendars = CalendarSet.Create(
        [KeyValuePair.Create("holidays", new CalendarSpec { Holidays = ["2026-03-02"] })], []);

    [Fact]
    public void Run_on_time_tells_node_and_outcome()
    {
        var explained = Explain(20, Ran(20, Attempt(20, 1, started: 0.002, finished: 1, Outcome.Succeeded)));

        Assert.Equal((OccurrenceDecision.Ran, Outcome.Succeeded), (explained.Decision, explained.Outcome));
        Assert.Equal("It started on node-a at 2026-03-01T12:00:20.002Z, on time and succeeded.", explained.Reason);
        Assert.Equal("store", Assert.Single(explained.Waits).Cause);
    }

    [Theory]
    [InlineData(WaitCause.Queue, "7 s late because all slots of queue 'default' were taken,")]
    [InlineData(WaitCause.Limit, "7 s late because a limit of its job or queue held it back,")]
    [InlineData(WaitCause.Failover, "7 s late because its shard had no owner, or was being opened,")]
    public void Late_run_tells_how_late_and_why(WaitCause cause, string words)
    {
        var attempt = Attempt(20, 1, started: 7, finished: 8, Outcome.Succeeded) with { WaitCause = cause };

        var explained = Explain(20, Ran(20, attempt));

        Assert.Contains(words, explained.Reason, StringComparison.Ordinal);
        var wait = Assert.Single(explained.Waits);
        Assert.Equal((Sample.At(20), (DateTimeOffset?)Sample.At(27)), (wait.From, wait.To));
    }

    [Fact]
    public void Retried_run_tells_every_attempt_and_the_pauses_between()
    {
        var first = Attempt(20, 1, started: 0, finished: 1, Outcome.Failed, final: false);
        var second = Attempt(20, 2, started: 6, finished: 7, Outcome.Failed) with { DueAt = Sample.At(25) };

        var explained = Explain(20, Ran(20, first, second));

        Assert.Equal(
            "It started on node-a at 2026-03-01T12:00:20Z, on time and failed: Broken: it broke (2 attempts).", explained.Reason);
        Assert.Equal([(2, "retry", 4.0), (2, "store", 1.0)], explained.Waits.Select(w => (w.Attempt, w.Cause, (w.To!.Value - w.From).TotalSeconds)));
    }

    [Fact]
    public void Open_execution_tells_what_it_waits_for()
    {
        var retried = Attempt(20, 2) with { DueAt = Sample.At(300) };
        var first = Attempt(20, 1, started: 0, finished: 1, Outcome.TimedOut, final: false, reason: "timeout");

        var pausing = Explain(20, Ran(20, first, retried));
        var queued = Explain(20, Ran(20, Attempt(20, 1)) with { Queue = new QueueState("default", 4, 4, 9, null) });
        var running = Explain(20, Ran(20, Attempt(20, 1, started: 0)));

        Assert.Equal(OccurrenceDecision.Waiting, pausing.Decision);
        Assert.Equal("Attempt 1 ended (it ran longer than its timeout); attempt 2 is due at 2026-03-01T12:05:00Z.", pausing.Reason);
        Assert.Null(pausing.Waits[^1].To);
        Assert.Equal("Attempt 1 waits since 2026-03-01T12:00:20Z: all 4 slots of queue 'default' are taken, and 9 wait for one.", queued.Reason);
        Assert.Equal("queue", queued.Waits[^1].Cause);
        Assert.Equal((OccurrenceDecision.Running, null), (running.Decision, running.Outcome));
    }

    [Fact]
    public void Execution_that_never_started_was_cancelled_and_one_of_a_dead_node_is_lost()
    {
        var cancelled = Explain(20, Ran(20, Attempt(20, 1, finished: 1, outcome: Outcome.Cancelled, reason: "cancelled by olga")));
        var lost = Explain(20, Ran(20, Attempt(20, 1, started: 0, finished: 9, Outcome.Lost, reason: "worker_died")));

        Assert.Equal((OccurrenceDecision.Cancelled, "It ended before it could start: cancelled by olga."), (cancelled.Decision, cancelled.Reason));
        Assert.Equal(OccurrenceDecision.Lost, lost.Decision);
        Assert.EndsWith("and was lost: its node died.", lost.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Skipped, "paused", OccurrenceDecision.Skipped, "was paused")]
    [InlineData(Outcome.Skipped, "overlap", OccurrenceDecision.Skipped, "overlap is skip")]
    [InlineData(Outcome.Skipped, "rescheduled", OccurrenceDecision.Skipped, "the schedule was changed")]
    [InlineData(Outcome.Misfired, "grace", OccurrenceDecision.Misfired, "within its grace (now 1m)")]
    public void Occurrence_inside_a_stretch_tells_its_reason_and_its_place(
        Outcome outcome, string reason, OccurrenceDecision decision, string words)
    {
        var explained = Explain(30, Stretch(20, 60, 5, outcome, reason));

        Assert.Equal((decision, (Outcome?)outcome), (explained.Decision, explained.Outcome));
        Assert.Contains(words, explained.Reason, StringComparison.Ordinal);
        Assert.Contains("one of 5 in a row from 2026-03-01T12:00:20Z to 2026-03-01T12:01:00Z", explained.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Instant_inside_a_stretch_that_is_no_occurrence_was_not_due()
    {
        var explained = Explain(33, Stretch(20, 60, 5, Outcome.Skipped, "paused"));

        Assert.Equal(OccurrenceDecision.NotDue, explained.Decision);
        Assert.Equal(
            "It was not due; the one before was 2026-03-01T12:00:30Z; the next one is 2026-03-01T12:00:40Z.", explained.Reason);
    }

    [Fact]
    public void Instant_between_occurrences_of_an_earlier_schedule_is_told_with_what_is_left()
    {
        var job = Sample.EveryTenSeconds() with { ScheduledFrom = Sample.At(95) };

        var inside = Explain(33, Stretch(20, 60, 5, Outcome.Skipped, "paused") with { Job = job });
        var outside = Explain(83, Nothing with { Job = job });

        Assert.Equal(OccurrenceDecision.Unknown, inside.Decision);
        Assert.Contains("the schedule has changed since", inside.Reason, StringComparison.Ordinal);
        Assert.Equal(OccurrenceDecision.NotDue, outside.Decision);
        Assert.Contains("The present schedule counts from 2026-03-01T12:01:35Z on", outside.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_to_the_second_finds_the_first_occurrence_in_it()
    {
        var execution = Ran(20, Attempt(20, 1, started: 0, finished: 1, Outcome.Succeeded));
        var second = execution with { To = Sample.At(21) };

        Assert.Equal(Sample.At(20), OccurrenceExplainer.Explain(WithMoment(second))?.ScheduledAt);
    }

    [Fact]
    public void Due_occurrence_without_a_record_waits_is_about_to_be_skipped_or_is_missed()
    {
        var waiting = Explain(90, Nothing with { Running = 1, DecidedThrough = Sample.At(80) });
        var paused = Explain(90, Nothing with { Job = Sample.EveryTenSeconds() with { Pause = new Pause("a break", "olga", Sample.At(85)) } });
        var missed = Explain(70, Nothing with { DecidedThrough = Sample.At(80) });

        Assert.Equal(OccurrenceDecision.Waiting, waiting.Decision);
        Assert.Contains("1 of its job run already", waiting.Reason, StringComparison.Ordinal);
        Assert.Equal("limit", Assert.Single(waiting.Waits).Cause);
        Assert.Equal((OccurrenceDecision.Skipped, (Outcome?)Outcome.Skipped), (paused.Decision, paused.Outcome));
        Assert.Contains("paused by olga (a break)", paused.Reason, StringComparison.Ordinal);
        Assert.Equal(OccurrenceDecision.Missed, missed.Decision);
    }

    [Fact]
    public void Future_occurrence_will_be_due_or_skipped_and_a_future_instant_will_not()
    {
        var due = Explain(200, Nothing);
        var skipped = Explain(200, Nothing with { Job = Sample.EveryTenSeconds(d => d with { Enabled = false }) });
        var none = Explain(203, Nothing);

        Assert.Equal((OccurrenceDecision.Upcoming, "It will be due at 2026-03-01T12:03:20Z."), (due.Decision, due.Reason));
        Assert.Contains("as things stand it will be skipped: the job is disabled", skipped.Reason, StringComparison.Ordinal);
        Assert.StartsWith("It will not be due", none.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_before_the_job_or_before_what_is_kept_is_said_to_be_so()
    {
        var before = Explain(-50, Nothing);
        var old = Explain(20, Nothing with { KeptFrom = Sample.At(50) });
        var deleted = Explain(20, Ran(20, Attempt(20, 1, started: 0, finished: 1, Outcome.Succeeded)) with { Job = null });

        Assert.Equal((OccurrenceDecision.NotDue, "The job did not exist then: it was created at 2026-03-01T12:00:00Z."), (before.Decision, before.Reason));
        Assert.Equal(OccurrenceDecision.Unknown, old.Decision);
        Assert.Equal(OccurrenceDecision.Ran, deleted.Decision);
        Assert.Null(OccurrenceExplainer.Explain(Nothing with { Job = null }));
    }

    [Theory]
    [InlineData("0 12 * * *", null, "2026-03-02 12:00:00", "It was not due: excluded by calendar 'holidays'")]
    [InlineData("30 2 * * *", DstPolicy.Skip, "2026-03-29 01:30:00",
        "It was not due: 02:30 does not exist on 2026-03-29, when clocks go forward from 02:00 to 03:00: it does not run (dst = skip)")]
    [InlineData("30 2 * * *", DstPolicy.Shift, "2026-03-29 01:30:00",
        "It was not due: 02:30 does not exist on 2026-03-29, when clocks go forward from 02:00 to 03:00: it runs at 03:00 (dst = shift)")]
    [InlineData("30 2 * * *", DstPolicy.First, "2026-10-25 01:30:00",
        "It was not due: 02:30 comes twice on 2026-10-25, when clocks go back from 03:00 to 02:00: runs the first time only (dst = first)")]
    public void Time_that_the_calendar_or_the_clock_takes_away_says_which(string cron, DstPolicy? dst, string at, string reason)
    {
        var schedule = new ScheduleSpec { Cron = cron, TimeZone = dst is null ? "UTC" : "Europe/Berlin", Dst = dst ?? DstPolicy.Shift, Exclude = ["holidays"] };
        var explained = At(Due.At(at), Nothing with { Job = Sample.EveryTenSeconds(d => d with { Schedule = schedule }), Now = Due.At("2027-01-01 00:00:00") });

        Assert.Equal(OccurrenceDecision.NotDue, explained.Decision);
        Assert.Equal(reason, explained.Reason[..Math.Min(reason.Length, explained.Reason.Length)]);
        Assert.Contains("the next one is", explained.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Occurrence_that_jitter_has_moved_says_where_to()
    {
        var schedule = new ScheduleSpec { Cron = "0 * * * *", Jitter = TimeSpan.FromMinutes(10) };
        var job = Sample.EveryTenSeconds(d => d with { Schedule = schedule });

        var unmoved = At(Due.At("2026-03-01 14:00:00"), Nothing with { Job = job, Now = Due.At("2026-03-02 00:00:00") });

        Assert.Contains("jitter has moved it", unmoved.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Job_without_a_schedule_or_with_one_that_follows_the_end_says_so()
    {
        var onDemand = Explain(33, Nothing with { Job = Sample.EveryTenSeconds(d => d with { Schedule = new ScheduleSpec() }) });
        var following = Explain(33, Nothing with { Job = Sample.TenSecondsAfterEnd() });

        Assert.Contains("only when triggered", onDemand.Reason, StringComparison.Ordinal);
        Assert.Contains("10s after the end of the one before", following.Reason, StringComparison.Ordinal);
    }

    private static OccurrenceEvidence Nothing => new()
    {
        From = Sample.Noon,
        To = Sample.Noon.AddMicroseconds(1),
        Now = Sample.At(100),
        Job = Sample.EveryTenSeconds(),
        Record = new OccurrenceRecord(null, null),
    };

    private static OccurrenceExplanation Explain(double seconds, OccurrenceEvidence evidence)
    {
        return At(Sample.At(seconds), evidence);
    }

    private static OccurrenceExplanation At(DateTimeOffset at, OccurrenceEvidence evidence)
    {
        var explained = OccurrenceExplainer.Explain(WithMoment(evidence with { From = at, To = at.AddMicroseconds(1) }));
        Assert.NotNull(explained);
        return explained;
    }

    private static OccurrenceEvidence WithMoment(OccurrenceEvidence evidence)
    {
        return evidence.Job is { } job
            ? evidence with { Moment = MomentExplainer.Explain(job, Calendars, evidence.From, evidence.To) }
            : evidence;
    }

    private static OccurrenceEvidence Ran(double seconds, params Attempt[] attempts)
    {
        var names = new Dictionary<Guid, string> { [NodeA] = "node-a" };
        var execution = new Execution(Sample.JobId, Sample.At(seconds), attempts, names);
        return Nothing with { From = Sample.At(seconds), Record = new OccurrenceRecord(execution, null) };
    }

    private static OccurrenceEvidence Stretch(double from, double to, long count, Outcome outcome, string reason)
    {
        var run = new OccurrenceRun(Sample.JobId, Sample.At(from), Sample.At(to), count, outcome, reason);
        return Nothing with { Record = new OccurrenceRecord(null, new RecordedStretch(run, 7)) };
    }

    /// <summary>An attempt that started and finished so many seconds after its occurrence was due.</summary>
    private static Attempt Attempt(
        double seconds, int attempt, double? started = null, double? finished = null, Outcome? outcome = null, bool final = true, string? reason = null)
    {
        var error = outcome == Outcome.Failed ? new AttemptError("Broken", "it broke\nbadly") : null;
        return new Attempt
        {
            Key = new AttemptKey(Sample.JobId, Sample.At(seconds), attempt),
            Shard = 3,
            DueAt = Sample.At(seconds),
            PlannedNo = 1,
            StartedNo = started is null ? null : 2,
            StartedAt = started is { } start ? Sample.At(seconds + start) : null,
            Node = started is null ? null : NodeA,
            WaitCause = WaitCause.Store,
            FinishedNo = finished is null ? null : 3,
            FinishedAt = finished is { } end ? Sample.At(seconds + end) : null,
            Result = outcome is { } how ? new AttemptResult { Outcome = how, Final = final, Reason = reason, Error = error } : null,
        };
    }
}
