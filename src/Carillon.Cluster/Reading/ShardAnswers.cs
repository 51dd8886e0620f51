namespace Carillon.Cluster;

/// <summary>What was read of all shards that were asked for.</summary>
/// <typeparam name="T">The answer of one shard.</typeparam>
/// <param name="Items">One answer for each shard, in the order asked for.</param>
/// <param name="FromStore">How many of them come from the records, because the owner did not answer.</param>
public sealed record ShardAnswers<T>(IReadOnlyList<T> Items, int FromStore)
    where T : class;
