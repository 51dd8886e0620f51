using Carillon.Persistence;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Carillon.Conformance.Tests;

[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlSchemaTests(PostgresFixture server) : IAsyncLifetime
{
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
        await using var newer = new NpgsqlCommand("INSERT INTO schema_version (version) VALUES (99)", raw);
        await newer.ExecuteNonQueryAsync();

        var migrating = await Assert.ThrowsAsync<SchemaVersionException>(
            () => store.MigrateAsync(CancellationToken.None));
        var checking = await Assert.ThrowsAsync<SchemaVersionException>(
            () => store.CheckSchemaAsync(CancellationToken.None));

        Assert.Contains("version 99", migrating.Message, StringComparison.Ordinal);
        Assert.Contains("newer build", checking.Message, StringComparison.Ordinal);
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
