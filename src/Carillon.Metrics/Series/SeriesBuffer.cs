namespace Carillon.Metrics;

/// <summary>
/// What a node has recorded and not sent yet, by the shard that it goes to. What waits longer is added up, so the buffer
/// never holds more than one entry for each series, however long a shard cannot be reached. For one thread at a time.
/// </summary>
internal sealed class SeriesBuffer(int shardCount)
{
    private readonly Dictionary<int, Dictionary<(SeriesName, LabelSet), SeriesDelta>> _shards = [];

    /// <summary>The shards for which something waits.</summary>
    public IReadOnlyCollection<int> Shards => _shards.Keys;

    /// <summary>The calls of an operation that wait, to be added to.</summary>
    public OperationTotals Operation(SeriesName name, LabelSet labels)
    {
        var series = Of(name);
        if (!series.TryGetValue((name, labels), out var delta))
        {
            series.Add((name, labels), delta = new SeriesDelta(name, labels));
        }

        return delta.Operation!;
    }

    /// <summary>What waits of an instrument, to be added to.</summary>
    public InstrumentTotals Instrument(SeriesName name, LabelSet labels, InstrumentShape shape)
    {
        var series = Of(name);
        if (!series.TryGetValue((name, labels), out var delta))
        {
            series.Add((name, labels), delta = new SeriesDelta(name, labels, shape));
        }

        return delta.Instrument!;
    }

    /// <summary>Counts in a family that tells a reason.</summary>
    public void Count(SeriesName family, string reason, long count)
    {
        Instrument(family, ReasonLabels.Of(reason), InstrumentShape.Count).Add(count);
    }

    /// <summary>Takes some of what waits for a shard.</summary>
    public IReadOnlyList<SeriesDelta> Take(int shard, int max)
    {
        if (!_shards.TryGetValue(shard, out var series))
        {
            return [];
        }

        if (series.Count <= max)
        {
            _shards.Remove(shard);
            return [.. series.Values];
        }

        var taken = series.Take(max).ToArray();
        foreach (var (key, _) in taken)
        {
            series.Remove(key);
        }

        return [.. taken.Select(static s => s.Value)];
    }

    private Dictionary<(SeriesName, LabelSet), SeriesDelta> Of(SeriesName name)
    {
        var shard = name.ShardOf(shardCount);
        if (!_shards.TryGetValue(shard, out var series))
        {
            _shards.Add(shard, series = []);
        }

        return series;
    }
}
