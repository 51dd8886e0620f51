using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>Something that every shard can answer, by its owner and from its records alike.</summary>
/// <typeparam name="T">The answer of one shard.</typeparam>
/// <param name="AskAsync">Asks the owner of a shard.</param>
/// <param name="Restore">
/// Makes the answer of a shard from what is recorded of it; null when only an owner can give it.
/// </param>
/// <param name="TermsOf">The terms under which the parts of an answer were given.</param>
public sealed record ShardQuestion<T>(
    Func<int, CancellationToken, Task<T>> AskAsync, Func<ShardRecovery, T?> Restore, Func<T, IEnumerable<ShardTerm>> TermsOf)
    where T : class;
