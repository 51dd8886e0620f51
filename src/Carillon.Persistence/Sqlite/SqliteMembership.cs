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
    private static readonly string ClaimSql = $"""
        UPDATE shard AS s SET owner = ?1, epoch = epoch + 1, successor = NULL,
          adopted = {RowColumns.AdoptedByClaim("?1", "?5")},
          taken_at = CASE WHEN s.owner = ?1 THEN s.taken_at ELSE ?4 END
        WHERE id = ?2 AND epoch = ?3 RETURNING id, epoch
        """;

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
            INSERT INTO node ({RowColumns.Node}) VALUES (?1, ?2, ?3, ?4, 'up', 0, ?5, ?6, ?7, ?8)
            ON CONFLICT (name) WHERE status <> 'dead' DO NOTHING
            """,
            node.Incarnation,
            node.Name,
            node.Advertise,
            Texts(node.Roles),
            now + lease,
            node.Version,
            now,
            Texts(node.Classes));
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
        var beaten = session.Query(
            """
            UPDATE node SET beat = beat + 1, lease_until = ?2 WHERE incarnation = ?1 AND status <> 'dead' RETURNING status
            """,
            static row => SqliteRows.Status(row, 0),
            incarnation,
            now + lease);
        return beaten is [var status] ? new BeatReply(now, ReadPause(session), ReadGeneration(session), status) : null;
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

    public static bool SetStatus(SqliteSession session, Guid incarnation, NodeStatus status)
    {
        return session.Execute(
            "UPDATE node SET status = ?2 WHERE incarnation = ?1 AND status IN ('up', 'leaving')",
            incarnation,
            RowColumns.Word(status)) == 1;
    }

    /// <summary>The lock on the data directory proves that whoever is not dead lives in this process.</summary>
    public static SessionReading ReadSessions(SqliteSession session)
    {
        var living = session.Query(
            "SELECT incarnation FROM node WHERE status <> 'dead'", static row => SqliteRows.Uuid(row, 0));
        return new SessionReading(living.ToHashSet(), OwnAge: TimeSpan.MaxValue, Doubt: null);
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
            clock.Now() - NodeRow.ToldAfterDeath);
    }

    public static IReadOnlyList<ShardRow> ReadShards(SqliteSession session)
    {
        return session.Query($"SELECT {RowColumns.Shard} FROM shard ORDER BY id", SqliteRows.ReadShard);
    }

    public IReadOnlyList<ShardTerm> Claim(SqliteSession session, Guid owner, IReadOnlyList<ShardTerm> seen)
    {
        using var transaction = session.Connection.BeginTransaction();
        var taken = new List<ShardTerm>();
        foreach (var term in seen)
        {
            taken.AddRange(session.Query(
                ClaimSql,
                ReadTerm,
                owner,
                term.Shard,
                term.Epoch,
                clock.Now(),
                Quarantine.ShortTerm.Ticks / TimeSpan.TicksPerMicrosecond));
        }

        transaction.Commit();
        return taken;
    }

    public static int Release(SqliteSession session, Guid owner, IReadOnlyList<Handover> handovers)
    {
        using var transaction = session.Connection.BeginTransaction();
        var released = 0;
        foreach (var (term, successor) in handovers)
        {
            released += session.Execute(
                """
                UPDATE shard SET owner = NULL, epoch = epoch + 1, successor = ?4, adopted = 0, taken_at = NULL
                WHERE id = ?1 AND owner = ?2 AND epoch = ?3
                """,
                term.Shard,
                owner,
                term.Epoch,
                successor);
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

    private static string Texts(IEnumerable<string> texts)
    {
        return JsonSerializer.Serialize(texts.Select(static text => StoredText.Clean(text)));
    }

    private static ShardTerm ReadTerm(SqliteDataReader row)
    {
        return new ShardTerm(row.GetInt32(0), row.GetInt64(1));
    }
}
