using Carillon.Model;
using SQLitePCL;

namespace Carillon.Persistence;

/// <summary>The statements that record what operations and instruments have counted.</summary>
internal sealed class SqliteMetricWriter(sqlite3 database) : IDisposable
{
    private readonly SqliteStatement _series = new(
        database,
        """
        INSERT INTO metric_series (shard, kind, name, labels_id, state) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (shard, kind, name, labels_id) DO UPDATE SET state = excluded.state
        """);

    private readonly SqliteStatement _source = new(
        database,
        """
        INSERT INTO metric_source (shard, incarnation, sequence, is_home) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (shard, incarnation) DO UPDATE SET sequence = excluded.sequence, is_home = excluded.is_home
        """);

    private readonly SqliteStatement _dropSource = new(
        database, "DELETE FROM metric_source WHERE shard = ?1 AND incarnation = ?2");

    private readonly SqliteStatement _rollup = new(
        database,
        """
        INSERT INTO operation_rollup (shard, name, span, start_at, labels_id, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (name, span, start_at, labels_id) DO UPDATE SET shard = excluded.shard, state = excluded.state
        """);

    public void Write(in ShardEvent shardEvent)
    {
        var shard = shardEvent.Term.Shard;
        switch (shardEvent.Write)
        {
            case SaveSeries { Series: var series }:
                _series.Bind(shard).Bind((long)series.Kind).Bind(series.Name).Bind(series.LabelsId)
                    .Bind(series.State.Span).Run();
                break;
            case SaveMetricSource { Source: var source }:
                _source.Bind(shard).Bind(source.Incarnation).Bind(source.Sequence).Bind(source.IsHome ? 1 : 0).Run();
                break;
            case DropMetricSource drop:
                _dropSource.Bind(shard).Bind(drop.Incarnation).Run();
                break;
            case SaveOperationRollup { Rollup: var rollup }:
                _rollup.Bind(shard).Bind(rollup.Name).Bind((long)rollup.Span).Bind(rollup.Start).Bind(rollup.LabelsId)
                    .Bind(rollup.State.Span).Run();
                break;
            default:
                throw new InvalidOperationException($"no statement for {shardEvent.Write.GetType().Name}");
        }
    }

    public void Dispose()
    {
        _series.Dispose();
        _source.Dispose();
        _dropSource.Dispose();
        _rollup.Dispose();
    }
}
