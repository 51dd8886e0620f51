using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Testing;

/// <summary>The reads of the audit, over the way of one node.</summary>
internal sealed class SimulatedAudit(SimulatedStore store) : IAuditStore
{
    public Task<IReadOnlyList<AttemptKey>> ReadOccurrencesAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return store.ReadAsync("audit_occurrences", database => database.OccurrencesIn(from, until, limit), cancellationToken);
    }

    public Task<RepeatedExecutions> ReadRepeatedAsync(
        DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        return store.ReadAsync("audit_repeated", database => database.RepeatedIn(from, until, limit), cancellationToken);
    }

    public Task<IReadOnlyList<OccurrenceRun>> ReadStretchesAsync(
        IReadOnlyList<string> jobIds, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        return store.ReadAsync("audit_stretches", database => database.StretchesIn(jobIds, from, until), cancellationToken);
    }

    public Task<IReadOnlyList<AuditFinding>> ListFindingsAsync(FindingQuery query, CancellationToken cancellationToken)
    {
        return store.ReadAsync("list_findings", database => database.ListFindings(query), cancellationToken);
    }
}
