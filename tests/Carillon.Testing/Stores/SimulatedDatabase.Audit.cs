using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Testing;

/// <content>The state of audits, and what they read.</content>
public sealed partial class SimulatedDatabase
{
    private readonly Dictionary<int, ShardAudit> _audits = [];
    private readonly List<AuditFinding> _findings = [];

    /// <summary>How far shards have been audited, for checks; a copy.</summary>
    public IReadOnlyList<ShardAudit> Audits => Read(() => _audits.Values.ToArray());

    /// <summary>Takes a row away, as no scheduler does.</summary>
    public void Lose(AttemptKey key)
    {
        Read(() => _attempts.Remove(key));
    }

    /// <summary>Puts a row into the store past every scheduler.</summary>
    public void Plant(Attempt attempt)
    {
        Read(() => _attempts[attempt.Key] = attempt);
    }

    internal IReadOnlyList<AttemptKey> OccurrencesIn(DateTimeOffset from, DateTimeOffset until, int limit)
    {
        return [.. _attempts.Keys.Where(key => key.Attempt == 1 && key.ScheduledAt >= from && key.ScheduledAt < until)
            .OrderBy(static key => key.ScheduledAt).Take(limit)];
    }

    internal RepeatedExecutions RepeatedIn(DateTimeOffset from, DateTimeOffset until, int limit)
    {
        var ends = _attempts.Values.Where(row => row.Key.Attempt > 1 && row.FinishedAt >= from && row.FinishedAt < until)
            .OrderBy(static row => row.FinishedAt).Take(limit).ToArray();
        var executions = ends.Select(static row => row.Key with { Attempt = 1 }).ToHashSet();
        return new RepeatedExecutions(
            [.. _attempts.Values.Where(row => executions.Contains(row.Key with { Attempt = 1 }))],
            ends.Length < limit ? null : ends[^1].FinishedAt);
    }

    internal IReadOnlyList<OccurrenceRun> StretchesIn(IReadOnlyList<string> jobIds, DateTimeOffset from, DateTimeOffset until)
    {
        return [.. _runs.Values.Select(static row => row.Run)
            .Where(run => jobIds.Contains(run.JobId, StringComparer.Ordinal) && run.To >= from && run.From < until)];
    }

    internal IReadOnlyList<AuditFinding> ListFindings(FindingQuery query)
    {
        return [.. _findings
            .Where(finding => (query.JobId is null || string.Equals(finding.JobId, query.JobId, StringComparison.Ordinal))
                && (query.Kind is null || finding.Kind == query.Kind))
            .OrderByDescending(static finding => finding.FoundAt).ThenBy(static finding => finding.JobId, StringComparer.Ordinal)
            .ThenBy(static finding => finding.ScheduledAt).Take(query.Limit)];
    }

    private void Save(int shard, SaveAudit save)
    {
        _audits[shard] = save.Audit;
        _findings.AddRange(save.Findings);
    }
}
