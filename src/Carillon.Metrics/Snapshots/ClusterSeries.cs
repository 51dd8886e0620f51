namespace Carillon.Metrics;

/// <summary>The operations and instruments of the whole cluster at one moment, merged from its shards. Immutable.</summary>
public sealed class ClusterSeries
{
    /// <summary>Nothing recorded.</summary>
    public static readonly ClusterSeries Empty = Merge([]);

    private ClusterSeries(
        IReadOnlyList<OperationGroup> operations,
        IReadOnlyList<IReadOnlyList<InstrumentSeries>> instruments,
        IReadOnlyList<NamedCount> dropped)
    {
        Operations = operations;
        Instruments = instruments;
        Dropped = dropped;
    }

    /// <summary>Each operation once, sorted by name.</summary>
    public IReadOnlyList<OperationGroup> Operations { get; }

    /// <summary>The series of each family, at least one, sorted by the family's name.</summary>
    public IReadOnlyList<IReadOnlyList<InstrumentSeries>> Instruments { get; }

    /// <summary>What was not counted: every reason, also those that have not occurred.</summary>
    public IReadOnlyList<NamedCount> Dropped { get; }

    /// <summary>Merges the parts of the shards. Of several parts of one shard the one of the latest epoch counts.</summary>
    public static ClusterSeries Merge(IEnumerable<ShardSeriesPart> parts)
    {
        var newest = parts.GroupBy(static part => part.Term.Shard)
            .Select(static same => same.MaxBy(static part => part.Term.Epoch)!).ToArray();
        var dropped = Enum.GetValues<DropReason>().Select(static reason => new NamedCount(Words.Of(reason), 0))
            .Concat(newest.SelectMany(static part => part.Dropped))
            .GroupBy(static count => count.Name, StringComparer.Ordinal)
            .Select(static same => new NamedCount(same.Key, same.Sum(static count => count.Count)));
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
            [.. dropped]);
    }

    private static InstrumentSeries[] Sorted(IEnumerable<InstrumentSeries> series)
    {
        return [.. series.OrderBy(static s => s.Labels.Id)];
    }
}
