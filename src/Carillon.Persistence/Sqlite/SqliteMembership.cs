using System.Text.Json;
using Carillon.Cluster;
using Carillon.Model;
using Microsoft.Data.Sqlite;

namespace Carillon.Persistence;

/// <summary>
/// Membership and ownership, as the statements of one process. The store's clock is the process's own.
/// </summary>
internal sealed class SqliteMembership(TimeProvider clock)
{
    public static ClusterInfo OpenCluster(SqliteSession session, ClusterInfo expected)
    {
        using var transaction = session.Connection.BeginTransaction();
        session.Execute(
            """
            INSERT INTO cluster (id, name, shard_count, hash_version, stats_generation, generation_started_at)
            VALUES (1, ?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING
            """,
            expected.Name,
            expected.ShardCount,
            expected.HashVersion,
            expected.Generation.Number,
            expected.Generation.StartedAt);
        var found = session.Query(
            "SELECT name, shard_count, hash_version, stats_generation, generation_started_at FROM cluster",
            SqliteRows.ReadCluster)[0];
        ClusterLayout.Check(expected, found);
        for (var id = 0; id < found.ShardCount; id++)
        {
            session.Execute("INSERT INTO shard (id, epoch, adopted) VALUES (?1, 0, 0) ON CONFLICT (id) DO NOTHING", id);
        }

        transaction.Commit();
        return found;
    }

    /// <summary>The lock on the data directory is this process's: whoever is listed before it joins has crashed.</summary>
    public int DeclareCrashed(SqliteSession session)
    {
        return session.Execute("UPDATE node SET status = 'dead', lease_until = ?1 WHERE status <> 'dead'", clock.Now());
    }

    public NodeRow? Join(SqliteSession session, NodeRow node, TimeSpan lease)
    {
        var now = clock.Now();
        var joined = session.Execute(
            $"""
            INSERT INTO node ({RowColumns.Node}) VALUES (?1, ?2, ?3, ?4, 'up', 0, ?5, ?6, ?7)
            ON CONFLICT (name) WHERE status <> 'dead' DO NOTHING
            """,
            node.Incarnation,
            node.Name,
            node.Advertise,
            JsonSerializer.Serialize(node.Roles),
            now + lease,
            node.Version,
            now);
        return joined == 1
            ? null
            : session.Query(
                $"SELECT {RowColumns.Node} FROM node WHERE name = ?1 AND status <> 'dead'",
                SqliteRows.ReadNode,
                node.Name)[0];
    }

    public BeatReply? Beat(SqliteSession session, Guid incarnation, TimeSpan lease)
    {
        var now = clock.Now();
        var beaten = session.Execute(
            "UPDATE node SET beat = beat + 1, lease_until = ?2 WHERE incarnation = ?1 AND status <> 'dead'",
            incarnation,
            now + lease);
        return beaten == 1 ? new BeatReply(now, ReadPause(session), ReadGeneration(session)) : null;
    }

    public StatisticsGeneration ResetStatistics(SqliteSession session)
    {
        session.Execute(
            "UPDATE cluster SET stats_generation = stats_generation + 1, generation_started_at = ?1", clock.Now());
        return ReadGeneration(session);
    }

    public static int SetPause(SqliteSession session, Pause? pause)
    {
        return session.Execute(
            "UPDATE cluster SET pause_reason = ?1, pause_author = ?2, pause_at = ?3, pause_until = ?4",
            pause?.Reason,
            pause?.Author,
            pause?.At,
            pause?.Until);
    }

    public bool DeclareDead(SqliteSession session, Guid incarnation, long beat)
    {
        return session.Execute(
            "UPDATE node SET status = 'dead', lease_until = ?3 WHERE incarnation = ?1 AND status <> 'dead' AND beat = ?2",
            incarnation, beat, clock.Now()) == 1;
    }

    public static int Leave(SqliteSession session, Guid incarnation)
    {
        return session.Execute("UPDATE node SET status = 'dead' WHERE incarnation = ?1", incarnation);
    }

    public IReadOnlyList<NodeRow> ReadNodes(SqliteSession session)
    {
        return session.Query(
            $"""
            SELECT {RowColumns.Node} FROM node WHERE status <> 'dead' OR lease_until > ?1
            ORDER BY started_at, name
            """,
            SqliteRows.ReadNode,
            clock.Now());
    }

    public static IReadOnlyList<ShardRow> ReadShards(SqliteSession session)
    {
        return session.Query("SELECT id, owner, epoch FROM shard ORDER BY id", SqliteRows.ReadShard);
    }

    public static IReadOnlyList<ShardTerm> Claim(SqliteSession session, Guid owner, IReadOnlyList<ShardTerm> seen)
    {
        using var transaction = session.Connection.BeginTransaction();
        var taken = new List<ShardTerm>();
        foreach (var term in seen)
        {
            taken.AddRange(session.Query(
                """
                UPDATE shard SET owner = ?1, epoch = epoch + 1, successor = NULL, adopted = adopted + 1
                WHERE id = ?2 AND epoch = ?3 RETURNING id, epoch
                """,
                ReadTerm, owner, term.Shard, term.Epoch));
        }

        transaction.Commit();
        return taken;
    }

    public static int Release(SqliteSession session, Guid owner, IReadOnlyList<ShardTerm> terms)
    {
        using var transaction = session.Connection.BeginTransaction();
        var released = 0;
        foreach (var term in terms)
        {
            released += session.Execute(
                """
                UPDATE shard SET owner = NULL, epoch = epoch + 1, adopted = 0
                WHERE id = ?1 AND owner = ?2 AND epoch = ?3
                """,
                term.Shard,
                owner,
                term.Epoch);
        }

        transaction.Commit();
        return released;
    }

    private StatisticsGeneration ReadGeneration(SqliteSession session)
    {
        var rows = session.Query(
            "SELECT stats_generation, generation_started_at FROM cluster",
            static row => new StatisticsGeneration(row.GetInt64(0), SqliteRows.Time(row, 1)));
        return rows is [var generation] ? generation : new StatisticsGeneration(0, clock.Now());
    }

    private static Pause? ReadPause(SqliteSession session)
    {
        return session.Query(
            "SELECT pause_reason, pause_author, pause_at, pause_until FROM cluster", static row => SqliteRows.PauseOrNull(row, 0))
            is [{ } pause] ? pause : null;
    }

    private static ShardTerm ReadTerm(SqliteDataReader row)
    {
        return new ShardTerm(row.GetInt32(0), row.GetInt64(1));
    }
}
