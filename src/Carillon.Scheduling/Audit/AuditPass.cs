using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling.Calendars;

namespace Carillon.Scheduling;

/// <summary>
/// One pass of the audit over the shards of this node: one reading of a closed time for all of them, then a comparison
/// for each, recorded through its scheduler.
/// </summary>
/// <param name="region">The shards of this node.</param>
/// <param name="store">Reads the records.</param>
/// <param name="calendars">The calendars of the node.</param>
/// <param name="options">How records are audited.</param>
public sealed class AuditPass(IActorRef<object> region, IAuditStore store, CalendarSet calendars, AuditOptions options)
{
    /// <summary>Audits what can be.</summary>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the pass; what is recorded stays.</param>
    /// <returns>Whether there is more that could be audited at once.</returns>
    public async Task<bool> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var owned = await region.AskAsync<object, OwnedShards>(static replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
        var shards = new List<(OwnedShard Shard, DateTimeOffset Through, IReadOnlyDictionary<string, DateTimeOffset> Decided)>();
        foreach (var shard in owned.Shards)
        {
            var decided = await shard.History.AskAsync<object, DecidedOccurrences>(
                static replyTo => new ReadDecided(replyTo), cancellationToken: cancellationToken);
            shards.Add((shard, Begin(await ListAsync(shard, cancellationToken), now), decided.Through));
        }

        var end = now - options.Margin;
        shards.RemoveAll(shard => shard.Through >= end);
        if (shards.Count == 0)
        {
            return false;
        }

        var from = shards.Min(static shard => shard.Through);
        var window = await ReadAsync(from, end - from > options.LongestPass ? from + options.LongestPass : end, cancellationToken);
        foreach (var (shard, _, decided) in shards.Where(shard => shard.Through < window.Until))
        {
            var repeated = window.Repeated.Select(static group => group.Key).Where(id => ShardHash.Of(id, owned.ShardCount) == shard.Term.Shard);
            await AuditAsync(shard, decided, window with { RepeatedJobs = [.. repeated] }, now, cancellationToken);
        }

        return window.Until < end;
    }

    /// <summary>From where a shard is to be audited: where the last pass ended, or where its first job began.</summary>
    private DateTimeOffset Begin(JobList list, DateTimeOffset now)
    {
        var begin = list.Audit?.Through ?? list.Jobs.Select(static job => job.CreatedAt).DefaultIfEmpty(now - options.Margin).Min();
        var kept = now - options.Retention + options.LongestPass;
        return begin > kept ? begin : kept;
    }

    private async Task<AuditWindow> ReadAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var limit = options.MaxRows;
        var keys = await store.ReadOccurrencesAsync(from, until, limit, cancellationToken);
        while (keys.Count == limit && keys[^1].ScheduledAt == from)
        {
            limit *= 8; // they are all of one instant, which cannot be cut
            keys = await store.ReadOccurrencesAsync(from, until, limit, cancellationToken);
        }

        until = keys.Count == limit ? keys[^1].ScheduledAt : until;
        var repeated = await store.ReadRepeatedAsync(from, until, options.MaxRows, cancellationToken);
        until = repeated.CutAt > from ? repeated.CutAt.Value : until;
        var executed = new Dictionary<string, HashSet<DateTimeOffset>>(StringComparer.Ordinal);
        foreach (var key in keys.Where(key => key.ScheduledAt < until))
        {
            if (!executed.TryGetValue(key.JobId, out var times))
            {
                executed.Add(key.JobId, times = []);
            }

            times.Add(key.ScheduledAt);
        }

        var byExecution = repeated.Attempts.GroupBy(static attempt => (attempt.Key.JobId, attempt.Key.ScheduledAt));
        return new AuditWindow(from, until, executed, byExecution.ToLookup(
            static attempts => attempts.Key.JobId,
            static attempts => (IReadOnlyList<Attempt>)[.. attempts.OrderBy(static attempt => attempt.Key.Attempt)],
            StringComparer.Ordinal));
    }

    private async Task AuditAsync(
        OwnedShard shard,
        IReadOnlyDictionary<string, DateTimeOffset> decided,
        AuditWindow window,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var list = await ListAsync(shard, cancellationToken);
        var auditor = new ShardAuditor(window, list, decided, calendars, now - options.Margin - options.Patience);
        var stretches = auditor.Suspects.Count == 0
            ? []
            : await store.ReadStretchesAsync(auditor.Suspects, window.From, window.Until, cancellationToken);
        var byJob = stretches.ToLookup(static run => run.JobId, StringComparer.Ordinal);
        if (auditor.Conclude(byJob, now) is { } save)
        {
            await shard.Jobs.AskAsync<object, AuditRecorded>(replyTo => new RecordAudit(save, replyTo), cancellationToken: cancellationToken);
        }
    }

    private static Task<JobList> ListAsync(OwnedShard shard, CancellationToken cancellationToken)
    {
        return shard.Jobs.AskAsync<object, JobList>(static replyTo => new ListJobs(replyTo), cancellationToken: cancellationToken);
    }
}
