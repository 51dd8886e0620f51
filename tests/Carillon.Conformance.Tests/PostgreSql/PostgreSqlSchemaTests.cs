using Carillon.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlSchemaTests(PostgresFixture server) : IAsyncLifetime
{
    private static readonly Guid First = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly PostgreSqlHarness _harness = new(server);

    public Task InitializeAsync()
    {
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _harness.RemoveAsync();
    }

    [Fact]
    public async Task Nodes_that_migrate_at_once_agree_on_one_schema()
    {
        await using var a = _harness.CreateStore(Guid.NewGuid());
        await using var b = _harness.CreateStore(Guid.NewGuid());

        await Task.WhenAll(a.MigrateAsync(CancellationToken.None), b.MigrateAsync(CancellationToken.None));

        await a.CheckSchemaAsync(CancellationToken.None);
        await b.MigrateAsync(CancellationToken.None);
    }

    [Fact]
    public async Task CheckSchema_of_an_empty_database_says_what_is_missing()
    {
        await using var store = _harness.CreateStore(Guid.NewGuid());

        var missing = await Assert.ThrowsAsync<SchemaVersionException>(
            () => store.CheckSchemaAsync(CancellationToken.None));

        Assert.Contains("version 0; this build needs 1", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_newer_than_the_build_is_refused()
    {
        await using var store = await _harness.OpenStoreAsync(Guid.NewGuid());
        await using var raw = await _harness.ConnectAsync();
        await using var newer = new NpgsqlCommand("INSERT INTO schema_version (version, works_with) VALUES (99, 99)", raw);
        await newer.ExecuteNonQueryAsync();

        var migrating = await Assert.ThrowsAsync<SchemaVersionException>(
            () => store.MigrateAsync(CancellationToken.None));
        var checking = await Assert.ThrowsAsync<SchemaVersionException>(
            () => store.CheckSchemaAsync(CancellationToken.None));

        Assert.Contains("version 99", migrating.Message, StringComparison.Ordinal);
        Assert.Contains("newer build", checking.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Step_that_works_with_an_earlier_build_is_taken_beside_its_nodes_and_they_start_again()
    {
        await using var earlier = await _harness.OpenStoreAsync(First);
        await earlier.OpenClusterAsync(Owner.Cluster, None);
        await earlier.JoinAsync(StoreNode.Of(First, earlier).Row("a"), TestTimes.Lease, None);
        await using var next = _harness.CreateStoreOfNextBuild(Guid.NewGuid(), "-- works with 1\nALTER TABLE job ADD COLUMN next text;");
        await Assert.ThrowsAsync<SchemaVersionException>(() => next.CheckSchemaAsync(None));

        await next.MigrateAsync(None);

        await next.CheckSchemaAsync(None);
        await earlier.MigrateAsync(None);
        await earlier.CheckSchemaAsync(None);
        Assert.NotNull(earlier.Beat(First, TestTimes.Lease));
    }

    [Fact]
    public async Task Step_that_does_not_work_with_the_nodes_that_are_up_is_refused_until_they_have_left()
    {
        await using var earlier = await _harness.OpenStoreAsync(First);
        await earlier.OpenClusterAsync(Owner.Cluster, None);
        await earlier.JoinAsync(StoreNode.Of(First, earlier).Row("a"), TestTimes.Lease, None);
        await using var next = _harness.CreateStoreOfNextBuild(Guid.NewGuid(), "ALTER TABLE job ADD COLUMN next text NOT NULL;");

        var refused = await Assert.ThrowsAsync<SchemaVersionException>(() => next.MigrateAsync(None));
        Assert.Contains("nodes that are up (a): let them leave first", refused.Message, StringComparison.Ordinal);

        await earlier.LeaveAsync(First, None);
        await next.MigrateAsync(None);
        var old = await Assert.ThrowsAsync<SchemaVersionException>(() => earlier.MigrateAsync(None));
        Assert.Contains("version 2; this build knows versions up to 1: run a newer build", old.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Carillon")]
    [InlineData("a b")]
    [InlineData("a;drop table x")]
    [InlineData("1st")]
    public void Schema_name_that_would_need_quoting_is_refused(string schema)
    {
        var options = new PostgreSqlStoreOptions
        {
            ConnectionString = server.ConnectionString,
            Schema = schema,
            Incarnation = Guid.NewGuid(),
        };

        var refused = Assert.Throws<ArgumentException>(
            () => new PostgreSqlStore(options, TimeProvider.System, NullLoggerFactory.Instance));

        Assert.Contains($"'{schema}'", refused.Message, StringComparison.Ordinal);
    }
}
