using Carillon.Cluster;
using Carillon.Model;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>
/// Membership and ownership as rows. Leases are written with the statement's own clock, not the transaction's.
/// </summary>
internal sealed class PostgreSqlMembership(PostgreSqlConnections connections, StatementWatch watch)
{
    public async Task<ClusterInfo> OpenClusterAsync(ClusterInfo expected, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Membership.OpenConnectionAsync(cancellationToken);
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO cluster (id, name, shard_count, hash_version, stats_generation, generation_started_at)
            VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = expected.Name },
                new NpgsqlParameter<int> { TypedValue = expected.ShardCount },
                new NpgsqlParameter<int> { TypedValue = expected.HashVersion },
                new NpgsqlParameter<long> { TypedValue = expected.Generation.Number },
                new NpgsqlParameter<DateTimeOffset> { TypedValue = Instant.Truncate(expected.Generation.StartedAt) },
            },
        };
        await insert.ExecuteNonQueryAsync(cancellationToken);
        var found = await ReadClusterAsync(connection, cancellationToken);
        ClusterLayout.Check(expected, found);
        await using var shards = new NpgsqlCommand(
            """
            INSERT INTO shard (id, epoch, adopted) SELECT i, 0, 0 FROM generate_series(0, $1 - 1) i
            ON CONFLICT (id) DO NOTHING
            """,
            connection);
        shards.Parameters.Add(new NpgsqlParameter<int> { TypedValue = found.ShardCount });
        await shards.ExecuteNonQueryAsync(cancellationToken);
        return found;
    }

    public async Task<NodeRow?> JoinAsync(NodeRow node, TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var join = connections.Membership.CreateCommand(
            $"""
            WITH joined AS (
              INSERT INTO node ({RowColumns.Node})
              VALUES ($1, $2, $3, $4, 'up', 0, clock_timestamp() + $5, $6, clock_timestamp(), $7)
              ON CONFLICT (name) WHERE status <> 'dead' DO NOTHING RETURNING incarnation)
            SELECT EXISTS (SELECT FROM joined) AS joined
            """);
        join.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = node.Incarnation });
        join.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node.Name });
        join.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node.Advertise });
        join.Parameters.Add(Texts(node.Roles));
        join.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        join.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node.Version });
        join.Parameters.Add(Texts(node.Classes));
        while (true)
        {
            if (await join.ExecuteScalarAsync(cancellationToken) is true)
            {
                return null;
            }

            // The holder may die between the two statements; then the name is free, and the next round takes it.
            await using var holder = connections.Membership.CreateCommand(
                $"SELECT {RowColumns.Node} FROM node WHERE name = $1 AND status <> 'dead'");
            holder.Parameters.Add(new NpgsqlParameter<string> { TypedValue = node.Name });
            if (await ReadNodesAsync(holder, cancellationToken) is [var row])
            {
                return row;
            }
        }
    }

    public async Task<bool> DeclareDeadAsync(Guid incarnation, long beat, CancellationToken cancellationToken)
    {
        await using var declare = connections.Membership.CreateCommand(
            "UPDATE node SET status = 'dead' WHERE incarnation = $1 AND status <> 'dead' AND beat = $2");
        declare.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = incarnation });
        declare.Parameters.Add(new NpgsqlParameter<long> { TypedValue = beat });
        if (await declare.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        await EndSessionsAsync(incarnation, cancellationToken);
        return true;
    }

    public async Task<bool> SetStatusAsync(
        Guid incarnation, NodeStatus status, CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            "UPDATE node SET status = $2 WHERE incarnation = $1 AND status IN ('up', 'leaving')");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = incarnation });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = RowColumns.Word(status) });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    /// <summary>
    /// Names of applications are shown to every user of the server; no right is needed for that. A pooler keeps sessions
    /// when its clients are gone, and ends them while their clients live. It gives itself away: the process id that it
    /// told this client is not that of the session.
    /// </summary>
    public async Task<SessionReading> ReadSessionsAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        await using var connection = await connections.Membership.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            """
            SELECT pg_backend_pid(), clock_timestamp() - pg_postmaster_start_time(),
              clock_timestamp() - min(backend_start) FILTER (WHERE application_name = current_setting('application_name')),
              array_agg(DISTINCT application_name)
            FROM pg_stat_activity WHERE datname = current_database()
            """,
            connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var doubt = reader.GetInt32(0) != connection.ProcessID ? "a connection pooler stands before the database"
            : reader.GetTimeSpan(1) < settled ? "the database server has just started"
            : null;
        var names = await reader.GetFieldValueAsync<string[]>(3, cancellationToken);
        var sessions = names.Where(static name => Guid.TryParseExact(name, "D", out _)).Select(Guid.Parse).ToHashSet();
        return new SessionReading(sessions, reader.GetTimeSpan(2), doubt);
    }

    public async Task<IReadOnlyList<NodeRow>> ReadNodesAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            $"""
            SELECT {RowColumns.Node} FROM node WHERE status <> 'dead' OR lease_until > clock_timestamp() - $1
            ORDER BY started_at, name
            """);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = NodeRow.ToldAfterDeath });
        return await ReadNodesAsync(command, cancellationToken);
    }

    public async Task<StatisticsGeneration> ResetStatisticsAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            """
            UPDATE cluster SET stats_generation = stats_generation + 1, generation_started_at = clock_timestamp()
            RETURNING stats_generation, generation_started_at
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new StatisticsGeneration(
            reader.GetInt64(0), await reader.GetFieldValueAsync<DateTimeOffset>(1, cancellationToken));
    }

    public async Task<int> SetPauseAsync(Pause? pause, CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            "UPDATE cluster SET pause_reason = $1, pause_author = $2, pause_at = $3, pause_until = $4");
        command.Parameters.Add(Text(pause?.Reason));
        command.Parameters.Add(Text(pause?.Author));
        command.Parameters.Add(Time(pause?.At));
        command.Parameters.Add(Time(pause?.Until));
        return await command.ExecuteNonQueryAsync(cancellationToken);

        static NpgsqlParameter Text(string? value)
        {
            object stored = value is null ? DBNull.Value : StoredText.Clean(value);
            return new NpgsqlParameter { Value = stored, NpgsqlDbType = NpgsqlDbType.Text };
        }

        static NpgsqlParameter Time(DateTimeOffset? value)
        {
            object stored = value is { } time ? Instant.Truncate(time) : DBNull.Value;
            return new NpgsqlParameter { Value = stored, NpgsqlDbType = NpgsqlDbType.TimestampTz };
        }
    }

    public async Task<int> LeaveAsync(Guid incarnation, CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            "UPDATE node SET status = 'dead' WHERE incarnation = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = incarnation });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Texts(IEnumerable<string> texts)
    {
        return PostgreSqlRows.Array([.. texts.Select(static text => StoredText.Clean(text))], NpgsqlDbType.Text);
    }

    /// <summary>A statement of the dead may sit in a session and hold the locks that a take-over waits for.</summary>
    private async Task EndSessionsAsync(Guid incarnation, CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE application_name = $1 AND datname = current_database() AND pid <> pg_backend_pid()
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incarnation.ToString("D") });
        var ended = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        if (ended > 0)
        {
            StoreLog.SessionsEnded(watch.Log, ended, incarnation);
        }
    }

    private static async Task<ClusterInfo> ReadClusterAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT name, shard_count, hash_version, stats_generation, generation_started_at FROM cluster", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return PostgreSqlRows.ReadCluster(reader);
    }

    private static async Task<List<NodeRow>> ReadNodesAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var nodes = new List<NodeRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            nodes.Add(PostgreSqlRows.ReadNode(reader));
        }

        return nodes;
    }
}
