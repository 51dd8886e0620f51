using Carillon.Model;
using Npgsql;

namespace Carillon.Conformance.Tests;

/// <summary>A node on a schema of its own, and plain connections beside it that hold what the test wants held.</summary>
public abstract class PostgreSqlScene(PostgresFixture server) : IAsyncLifetime
{
    private StoreNode? _node;
    private NpgsqlConnection? _raw;

    protected static CancellationToken None => CancellationToken.None;

    protected PostgresFixture Server => server;

    protected PostgreSqlHarness Harness { get; } = new(server);

    protected StoreNode Node => _node!;

    /// <summary>A connection that watches.</summary>
    protected NpgsqlConnection Raw => _raw!;

    protected Sessions Sessions => new(Raw);

    public async Task InitializeAsync()
    {
        _node = await Harness.OpenNodeAsync();
        _raw = await Harness.ConnectAsync();
    }

    public async Task DisposeAsync()
    {
        await Harness.RemoveAsync();
    }

    protected static string Application(StoreNode node)
    {
        return node.Incarnation.ToString("D");
    }

    protected static Task TakeOverAsync(NpgsqlConnection connection, ShardTerm term)
    {
        return ExecuteAsync(
            connection, $"UPDATE shard SET owner = '{Guid.NewGuid()}', epoch = epoch + 1 WHERE id = {term.Shard}");
    }

    protected static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>
    /// Holds a row of the same key, not committed, so that an append of it stops in the middle with its shards locked.
    /// </summary>
    protected static async Task HoldAsync(NpgsqlConnection connection, AttemptKey key)
    {
        await ExecuteAsync(connection, "BEGIN");
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO execution (scheduled_at, job_id, attempt, shard, trigger_kind, planned_no, due_at, cause)
            VALUES ($1, $2, $3, 0, 0, 1, $1, 0)
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = key.ScheduledAt });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key.JobId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = key.Attempt });
        await command.ExecuteNonQueryAsync();
    }
}
