using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>
/// The reads behind the lists, in one dialect. A last attempt is one that is open or whose result is final: the row
/// that stands for its execution in a list.
/// </summary>
internal interface IExecutionReader
{
    /// <summary>Open last attempts, newest scheduled first, then by job id from the last.</summary>
    Task<List<Attempt>> ReadOpenAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Finished last attempts, newest finished first; ends of the same instant by shard and number from the largest.
    /// </summary>
    Task<List<Attempt>> ReadFinishedAsync(
        ExecutionQuery query, ListCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many last attempts match, counted up to <paramref name="limit"/>.</summary>
    Task<long> CountAsync(ExecutionQuery query, int limit, CancellationToken cancellationToken);

    /// <summary>Every attempt of the executions that <paramref name="keys"/> belong to, by attempt.</summary>
    Task<List<Attempt>> ReadAttemptsAsync(IReadOnlyList<AttemptKey> keys, CancellationToken cancellationToken);

    /// <summary>What the attempts of one execution printed, by attempt; those that printed nothing are missing.</summary>
    Task<List<AttemptOutput>> ReadOutputAsync(AttemptKey key, CancellationToken cancellationToken);

    /// <summary>
    /// The first attempts scheduled from <paramref name="from"/> on and before <paramref name="to"/>.
    /// </summary>
    Task<List<AttemptKey>> ReadKeysAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The first execution of a job scheduled from <paramref name="from"/> on and before <paramref name="to"/>.</summary>
    Task<AttemptKey?> ReadFirstKeyAsync(
        string jobId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The newest stretch of a job that begins before <paramref name="to"/>.</summary>
    Task<RecordedStretch?> ReadLastStretchAsync(
        string jobId, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>The names of the incarnations that are known.</summary>
    Task<Dictionary<Guid, string>> ReadNodeNamesAsync(
        IReadOnlyList<Guid> incarnations, CancellationToken cancellationToken);
}
