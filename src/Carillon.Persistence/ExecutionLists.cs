using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>Pages of executions, put together from the reads of one dialect.</summary>
internal sealed class ExecutionLists(IExecutionReader reader)
{
    private const int CountLimit = 10_000;

    public async Task<ExecutionPage> ListExecutionsAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        var cursor = ListCursor.Parse(query.Cursor);
        var wanted = Math.Clamp(query.Limit, 1, 1_000) + 1;
        var rows = new List<Attempt>();
        if (ExecutionFilter.WantsOpen(query.Status) && cursor is null or { IsOpen: true })
        {
            rows = await reader.ReadOpenAsync(query, cursor, wanted, cancellationToken);
        }

        if (ExecutionFilter.WantsFinished(query.Status) && rows.Count < wanted)
        {
            var after = cursor is { IsOpen: false } ? cursor : null;
            rows.AddRange(await reader.ReadFinishedAsync(query, after, wanted - rows.Count, cancellationToken));
        }

        string? next = null;
        if (rows.Count == wanted)
        {
            rows.RemoveAt(wanted - 1);
            next = ListCursor.After(rows[^1]).ToString();
        }

        var total = await reader.CountAsync(query, CountLimit + 1, cancellationToken);
        var items = await WithAttemptsAsync(rows, cancellationToken);
        return new ExecutionPage(items, next, Math.Min(total, CountLimit), total <= CountLimit);
    }

    public async Task<Execution?> FindExecutionAsync(Guid executionId, CancellationToken cancellationToken)
    {
        return await FindKeyAsync(executionId, cancellationToken) is { } key
            ? await ReadExecutionAsync(key, cancellationToken)
            : null;
    }

    public async Task<IReadOnlyList<AttemptOutput>> ReadOutputAsync(
        Guid executionId, CancellationToken cancellationToken)
    {
        return await FindKeyAsync(executionId, cancellationToken) is { } key
            ? await reader.ReadOutputAsync(key, cancellationToken)
            : [];
    }

    public async Task<OccurrenceRecord> FindOccurrenceAsync(
        string jobId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var execution = await reader.ReadFirstKeyAsync(jobId, from, until, cancellationToken) is { } key
            ? await ReadExecutionAsync(key, cancellationToken)
            : null;
        var stretch = await reader.ReadLastStretchAsync(jobId, until, cancellationToken);
        return new OccurrenceRecord(execution, stretch?.Run.To >= from ? stretch : null);
    }

    private async Task<Execution?> ReadExecutionAsync(AttemptKey key, CancellationToken cancellationToken)
    {
        var attempts = await reader.ReadAttemptsAsync([key], cancellationToken);
        return attempts.Count == 0 ? null : WithNames(attempts, await ReadNamesAsync(attempts, cancellationToken));
    }

    private async Task<AttemptKey?> FindKeyAsync(Guid executionId, CancellationToken cancellationToken)
    {
        if (ExecutionId.ScheduledMillisecond(executionId) is not { } from)
        {
            return null;
        }

        var keys = await reader.ReadKeysAsync(from, from.AddMilliseconds(1), cancellationToken);
        var key = keys.Find(key => key.ExecutionId == executionId);
        return key == default ? null : key;
    }

    private static Execution WithNames(List<Attempt> attempts, Dictionary<Guid, string> names)
    {
        var own = new Dictionary<Guid, string>();
        foreach (var attempt in attempts)
        {
            if (attempt.Node is { } node && names.TryGetValue(node, out var name))
            {
                own[node] = name;
            }
        }

        return new Execution(attempts[0].Key.JobId, attempts[0].Key.ScheduledAt, attempts, own);
    }

    private async Task<IReadOnlyList<Execution>> WithAttemptsAsync(
        List<Attempt> rows, CancellationToken cancellationToken)
    {
        var repeated = rows.Where(row => row.Key.Attempt > 1).Select(row => row.Key).ToArray();
        var earlier = repeated.Length == 0 ? [] : await reader.ReadAttemptsAsync(repeated, cancellationToken);
        var byExecution = earlier.ToLookup(attempt => (attempt.Key.JobId, attempt.Key.ScheduledAt));
        var names = await ReadNamesAsync(rows.Concat(earlier), cancellationToken);
        return rows.Select(last => WithNames([.. Before(last), last], names)).ToArray();

        IEnumerable<Attempt> Before(Attempt last)
        {
            var all = byExecution[(last.Key.JobId, last.Key.ScheduledAt)];
            return all.Where(attempt => attempt.Key.Attempt < last.Key.Attempt);
        }
    }

    private async Task<Dictionary<Guid, string>> ReadNamesAsync(
        IEnumerable<Attempt> attempts, CancellationToken cancellationToken)
    {
        var nodes = attempts.Select(attempt => attempt.Node).OfType<Guid>().Distinct().ToArray();
        return nodes.Length == 0 ? [] : await reader.ReadNodeNamesAsync(nodes, cancellationToken);
    }
}
