using System.Globalization;
using Carillon.Cluster;
using Carillon.Model;
using Npgsql;
using NpgsqlTypes;

namespace Carillon.Persistence;

/// <summary>
/// Who owns which shard, by compare-and-set on the row alone: a claim that looked at other rows to see whether the
/// owner lives would decide by their state before its wait, and steal.
/// </summary>
internal sealed class PostgreSqlOwnership(PostgreSqlConnections connections)
{
    private static readonly string ShortTerm = string.Create(
        CultureInfo.InvariantCulture, $"interval '{Quarantine.ShortTerm.TotalSeconds} seconds'");

    private static readonly string ClaimWaiting = ClaimSql("");
    private static readonly string ClaimFree = ClaimSql("SKIP LOCKED");

    public async Task<IReadOnlyList<ShardRow>> ReadShardsAsync(CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            $"SELECT {RowColumns.Shard} FROM shard ORDER BY id");
        var shards = new List<ShardRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            shards.Add(PostgreSqlRows.ReadShard(reader));
        }

        return shards;
    }

    public async Task<IReadOnlyList<ShardTerm>> ClaimAsync(
        Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken)
    {
        try
        {
            return await ClaimAsync(ClaimWaiting, owner, seen, cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            // One stuck writer must not hold up the other shards; its own is claimed in a later round.
            return await ClaimAsync(ClaimFree, owner, seen, cancellationToken);
        }
    }

    public async Task<int> ReleaseAsync(
        Guid owner, IReadOnlyList<Handover> handovers, CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(
            """
            WITH held AS (
              SELECT s.id, t.successor
              FROM shard s JOIN unnest($2::smallint[], $3::bigint[], $4::uuid[]) t(id, epoch, successor) ON s.id = t.id
              WHERE s.owner = $1 AND s.epoch = t.epoch ORDER BY s.id FOR UPDATE OF s)
            UPDATE shard s
            SET owner = NULL, epoch = s.epoch + 1, successor = held.successor, adopted = 0, taken_at = NULL
            FROM held WHERE s.id = held.id
            """);
        AddTerms(command, owner, [.. handovers.Select(static handover => handover.Term)]);
        Guid?[] successors = [.. handovers.Select(static handover => handover.Successor)];
        command.Parameters.Add(PostgreSqlRows.Array(successors, NpgsqlDbType.Uuid));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<ShardTerm>> ClaimAsync(
        string sql, Guid owner, IReadOnlyList<ShardTerm> seen, CancellationToken cancellationToken)
    {
        await using var command = connections.Membership.CreateCommand(sql);
        AddTerms(command, owner, seen);
        var taken = new List<ShardTerm>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            taken.Add(new ShardTerm(reader.GetInt16(0), reader.GetInt64(1)));
        }

        return taken;
    }

    // Rows are locked in one order everywhere, so that two statements over many shards cannot block each other.
    private static string ClaimSql(string locked)
    {
        return $"""
            WITH seen AS (
              SELECT s.id FROM shard s JOIN unnest($2::smallint[], $3::bigint[]) t(id, epoch) ON s.id = t.id
              WHERE s.epoch = t.epoch ORDER BY s.id FOR UPDATE OF s {locked})
            UPDATE shard s SET owner = $1, epoch = s.epoch + 1, successor = NULL,
              adopted = {RowColumns.AdoptedByClaim("$1", ShortTerm)},
              taken_at = CASE WHEN s.owner = $1 THEN s.taken_at ELSE clock_timestamp() END
            FROM seen WHERE s.id = seen.id RETURNING s.id, s.epoch
            """;
    }

    private static void AddTerms(NpgsqlCommand command, Guid owner, IReadOnlyList<ShardTerm> terms)
    {
        short[] ids = [.. terms.Select(term => (short)term.Shard)];
        long[] epochs = [.. terms.Select(term => term.Epoch)];
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = owner });
        command.Parameters.Add(PostgreSqlRows.Array(ids, NpgsqlDbType.Smallint));
        command.Parameters.Add(PostgreSqlRows.Array(epochs, NpgsqlDbType.Bigint));
    }
}
