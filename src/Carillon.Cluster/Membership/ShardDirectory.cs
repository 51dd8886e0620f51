namespace Carillon.Cluster;

/// <summary>The shards of the cluster as last read from the store. Each reading replaces the whole.</summary>
public sealed class ShardDirectory
{
    private IReadOnlyList<ShardRow> _rows = [];

    /// <summary>Every shard row, in the order of their ids; empty before the first reading.</summary>
    public IReadOnlyList<ShardRow> Rows => Volatile.Read(ref _rows);

    /// <summary>Replaces what is known.</summary>
    public void Replace(IReadOnlyList<ShardRow> rows)
    {
        Volatile.Write(ref _rows, rows);
    }
}
