using System.Text.Json;
using Npgsql;

namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlSweepTests(PostgresFixture server) : PostgreSqlScene(server)
{
    private const int Ended = 500;

    [Fact]
    public async Task New_owner_passes_over_what_has_ended_only_until_the_next_sweep()
    {
        await WithoutVacuumAsync();
        var owner = await Owner.ClaimAsync(Node);
        var keys = Enumerable.Range(0, Ended).Select(static second => Sample.Key("a", second)).ToArray();
        await owner.RecordAsync([.. keys.Select(static key => Sample.Started(key))]);
        await owner.RecordAsync([.. keys.Select(static key => Sample.Finish(key))]);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", Ended)));
        Assert.Equal(Ended + 1, await EntriesAsync());

        await Node.Maintenance.SweepAsync(None);

        Assert.Equal(1, await EntriesAsync());
        Assert.Equal([Sample.Key("a", Ended)], (await owner.LoadAsync("a")).Open.Select(static open => open.Key));
    }

    private async Task WithoutVacuumAsync()
    {
        await ExecuteAsync(
            Raw,
            """
            DO $$ DECLARE day regclass; BEGIN
              FOR day IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'execution'::regclass LOOP
                EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = off)', day);
              END LOOP;
            END $$
            """);
    }

    /// <summary>How many entries the index of open attempts gives to who asks for them.</summary>
    private async Task<double> EntriesAsync()
    {
        await ExecuteAsync(Raw, "SET enable_seqscan = off; SET enable_indexscan = off; SET enable_indexonlyscan = off");
        await using var command = new NpgsqlCommand(
            "EXPLAIN (ANALYZE, FORMAT JSON) SELECT 1 FROM execution WHERE shard >= 0 AND finished_no IS NULL", Raw);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync())!);
        return IndexRows(plan.RootElement[0].GetProperty("Plan"));
    }

    private static double IndexRows(JsonElement node)
    {
        var own = node.GetProperty("Node Type").GetString() is "Bitmap Index Scan" ? node.GetProperty("Actual Rows").GetDouble() : 0;
        return own + (node.TryGetProperty("Plans", out var below) ? below.EnumerateArray().Sum(IndexRows) : 0);
    }
}
