using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Persistence;

/// <summary>The columns that both stores select, in the order that their readers of rows expect.</summary>
internal static class RowColumns
{
    /// <summary>Those of an attempt, of the row e.</summary>
    public const string Attempt =
        "e.shard, e.job_id, e.scheduled_at, e.attempt, e.trigger_kind, e.planned_no, e.started_no, e.finished_no, "
        + "e.epoch, e.due_at, e.started_at, e.finished_at, e.duration_us, e.outcome, e.final, e.node, e.cause, "
        + "e.reason, e.error_type, e.error_message, e.error_stack, e.payload, "
        + "e.losses, e.first_started_at, e.trace_parent";

    /// <summary>How many those of an attempt are.</summary>
    public const int AttemptCount = 25;

    /// <summary>Those of a job.</summary>
    public const string Job = "shard, definition, version, source, pause_reason, pause_author, pause_at, pause_until, "
        + "created_at, created_no, scheduled_from, shares_series";

    /// <summary>Those of a stretch.</summary>
    public const string Stretch = "job_id, from_at, to_at, count, outcome, reason, no";

    /// <summary>Those of a finding of the audit.</summary>
    public const string Finding = "job_id, scheduled_at, kind, attempt, found_at, evidence";

    /// <summary>Those of a node.</summary>
    public const string Node =
        "incarnation, name, advertise, roles, status, beat, lease_until, version, started_at, classes";

    /// <summary>Those of a shard.</summary>
    public const string Shard = "id, owner, epoch, successor, adopted, taken_at";

    /// <summary>Those of a roll-up.</summary>
    public const string Rollup =
        "job_id, start, first_no, shard, through_no, category, queue, succeeded, failed, timed_out, cancelled, skipped, "
        + "misfired, lost, retries, durations, duration_us, state";

    /// <summary>What a later form of a roll-up changes.</summary>
    public const string RollupReplacement =
        "shard = excluded.shard, through_no = excluded.through_no, category = excluded.category, "
        + "queue = excluded.queue, succeeded = excluded.succeeded, failed = excluded.failed, "
        + "timed_out = excluded.timed_out, cancelled = excluded.cancelled, skipped = excluded.skipped, "
        + "misfired = excluded.misfired, lost = excluded.lost, retries = excluded.retries, "
        + "durations = excluded.durations, duration_us = excluded.duration_us, state = excluded.state";

    /// <summary>The sums of roll-ups r, by r.start, r.category and r.queue.</summary>
    public const string RollupSums =
        "r.start, r.category, r.queue, sum(r.succeeded), sum(r.failed), sum(r.timed_out), sum(r.cancelled), "
        + "sum(r.skipped), sum(r.misfired), sum(r.lost), sum(r.retries), sum(r.durations), sum(r.duration_us)";

    /// <summary>The failures of a roll-up r.</summary>
    public const string RollupFailures = "(r.failed + r.timed_out + r.lost)";

    /// <summary>How many occurrences of a roll-up ended in which way, in the order of its columns.</summary>
    public static IReadOnlyList<(Outcome Outcome, string Name)> Outcomes { get; } =
    [
        (Outcome.Succeeded, "succeeded"),
        (Outcome.Failed, "failed"),
        (Outcome.TimedOut, "timed_out"),
        (Outcome.Cancelled, "cancelled"),
        (Outcome.Skipped, "skipped"),
        (Outcome.Misfired, "misfired"),
        (Outcome.Lost, "lost"),
    ];

    /// <summary>Reads these counts, of which the first is in <paramref name="column"/>.</summary>
    public static OutcomeCounts ReadOutcomes(int column, Func<int, long> read)
    {
        var counts = default(OutcomeCounts);
        foreach (var (outcome, _) in Outcomes)
        {
            counts = counts.Plus(outcome, read(column++));
        }

        return counts;
    }

    /// <summary>What the column holds for a node that is up or leaving.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another status: those have statements of their own.</exception>
    public static string Word(NodeStatus status)
    {
        return status switch
        {
            NodeStatus.Up => "up",
            NodeStatus.Leaving => "leaving",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "a node is set up or leaving, and nothing else"),
        };
    }

    /// <summary>How many owners in a row have died of a shard s, when <paramref name="owner"/> claims it.</summary>
    /// <param name="owner">The parameter of the claimant.</param>
    /// <param name="shortTerm"><see cref="Quarantine.ShortTerm"/>, as the store writes spans.</param>
    public static string AdoptedByClaim(string owner, string shortTerm)
    {
        return $"""
            CASE WHEN s.owner IS NULL OR s.owner = {owner} THEN s.adopted
              WHEN (SELECT n.lease_until FROM node n WHERE n.incarnation = s.owner) < s.taken_at + {shortTerm} THEN s.adopted + 1
              ELSE 1 END
            """;
    }

    /// <summary>The table of the roll-ups of a span.</summary>
    public static string RollupTable(RollupSpan span)
    {
        return span switch
        {
            RollupSpan.Minute => "rollup_minute",
            RollupSpan.Hour => "rollup_hour",
            _ => throw new ArgumentOutOfRangeException(nameof(span), span, "not a span"),
        };
    }
}
