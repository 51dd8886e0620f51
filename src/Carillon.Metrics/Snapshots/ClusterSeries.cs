using Carillon.Cluster;

namespace Carillon.Metrics;

/// <summary>The operations and instruments of the whole cluster at one moment, merged from its shards. Immutable.</summary>
public sealed class ClusterSeries
{
    /// <summary>Nothing recorded.</summary>
    public static readonly ClusterSeries Empty = Merge([]);

    private ClusterSeries(
        IReadOnlyList<OperationGroup> operations,
        IReadOnlyList<IReadOnlyList<InstrumentSeries>> instruments,
        ShardSeriesPart[] parts)
    {
        Operations = operations;
        Instruments = instruments;
        Dropped = Sum(Enum.GetValues<DropReason>().Select(Words.Of), parts.SelectMany(static part => part.Dropped));
        Takeovers = Sum(Enum.GetValues<TakeoverReason>().Select(Words.Of), parts.SelectMany(static part => part.Takeovers));
        FencedWrites = parts.Sum(static part => part.FencedWrites);
    }

    /// <summary>Each operation once, sorted by name.</summary>
    public IReadOnlyList<OperationGroup> Operations { get; }

    /// <summary>The series of each family, at least one, sorted by the family's name.</summary>
    public IReadOnlyList<IReadOnlyList<InstrumentSeries>> Instruments { get; }

    /// <summary>What was not counted: every reason, also those that have not occurred.</summary>
    public IReadOnlyList<NamedCount> Dropped { get; }

    /// <summary>Shards that changed their owner: every reason, also those that have not occurred.</summary>
    public IReadOnlyList<NamedCount> Takeovers { get; }

    /// <summary>Writes of ended terms that the store refused.</summary>
    public long FencedWrites { get; }

    /// <summary>Merges the parts of the shards. Of several parts of one shard the one of the latest epoch counts.</summary>
    public static ClusterSeries Merge(IEnumerable<ShardSeriesPart> parts)
    {
        var newest = parts.GroupBy(static part => part.Term.Shard)
            .Select(static same => same.MaxBy(static part => part.Term.Epoch)!).ToArray();
        return new ClusterSeries(
            [
                .. newest.SelectMany(static part => part.Operations)
                    .GroupBy(static series => series.Name, StringComparer.Ordinal)
                    .OrderBy(static group => group.Key, StringComparer.Ordinal)
                    .Select(static group => new OperationGroup(group.Key, [.. group])),
            ],
            [
                .. newest.SelectMany(static part => part.Instruments)
                    .GroupBy(static series => series.Name)
                    .OrderBy(static group => group.Key.Name, StringComparer.Ordinal)
                    .Select(static group => Sorted(group)),
            ],
            newest);
    }

    private static IReadOnlyList<NamedCount> Sum(IEnumerable<string> reasons, IEnumerable<NamedCount> counts)
    {
        return
        [
            .. reasons.Select(static reason => new NamedCount(reason, 0)).Concat(counts)
                .GroupBy(static count => count.Name, StringComparer.Ordinal)
                .Select(static same => new NamedCount(same.Key, same.Sum(static count => count.Count))),
        ];
    }

    private static InstrumentSeries[] Sorted(IEnumerable<InstrumentSeries> series)
    {
        return [.. series.OrderBy(static s => s.Labels.Id)];
    }
}
