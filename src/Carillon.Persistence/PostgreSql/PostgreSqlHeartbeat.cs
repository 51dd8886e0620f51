using Carillon.Cluster;
using Npgsql;

namespace Carillon.Persistence;

/// <summary>
/// The lease renewal: its own connection and synchronous calls on the caller's thread, so that neither a full pool nor
/// a long query nor a starved thread pool costs the node its life.
/// </summary>
internal sealed class PostgreSqlHeartbeat(PostgreSqlConnections connections, StatementWatch watch) : IDisposable
{
    private readonly Lock _lock = new();
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _command;

    public BeatReply? Beat(Guid incarnation, TimeSpan lease)
    {
        lock (_lock)
        {
            try
            {
                return watch.Run("beat", () => Execute(incarnation, lease));
            }
            catch (Exception e)
            {
                StoreLog.ConnectionLost(watch.Log, "heartbeat", e.Message);
                Disconnect();
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            Disconnect();
        }
    }

    private BeatReply? Execute(Guid incarnation, TimeSpan lease)
    {
        if (_command is null)
        {
            _connection = connections.OpenHeartbeat();
            _command = new NpgsqlCommand(
                """
                UPDATE node SET beat = beat + 1, lease_until = clock_timestamp() + $2
                FROM (VALUES (1)) AS one(id) LEFT JOIN cluster c USING (id)
                WHERE incarnation = $1 AND status <> 'dead'
                RETURNING clock_timestamp(), c.pause_reason, c.pause_author, c.pause_at, c.pause_until,
                  coalesce(c.stats_generation, 0), coalesce(c.generation_started_at, clock_timestamp()),
                  status
                """,
                _connection);
            _command.Parameters.Add(new NpgsqlParameter<Guid>());
            _command.Parameters.Add(new NpgsqlParameter<TimeSpan>());
            _command.Prepare();
        }

        ((NpgsqlParameter<Guid>)_command.Parameters[0]).TypedValue = incarnation;
        ((NpgsqlParameter<TimeSpan>)_command.Parameters[1]).TypedValue = lease;
        using var reader = _command.ExecuteReader();
        return reader.Read()
            ? new BeatReply(
                reader.GetFieldValue<DateTimeOffset>(0),
                PostgreSqlRows.PauseOrNull(reader, 1),
                new StatisticsGeneration(reader.GetInt64(5), reader.GetFieldValue<DateTimeOffset>(6)),
                PostgreSqlRows.Status(reader, 7))
            : null;
    }

    private void Disconnect()
    {
        _command?.Dispose();
        _command = null;
        _connection?.Dispose();
        _connection = null;
    }
}
