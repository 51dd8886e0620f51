using Carillon.Persistence;
using Microsoft.Data.Sqlite;

namespace Carillon.Conformance.Tests;

/// <summary>
/// The file of an embedded store: its lock, its schema, and what happens when it is not what it should be.
/// </summary>
public sealed class SqliteFileTests : IAsyncLifetime
{
    private readonly SqliteHarness _harness = new();

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync()
    {
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _harness.RemoveAsync();
    }

    [Fact]
    public async Task Store_held_by_another_is_refused_naming_the_file()
    {
        await using var first = _harness.CreateStore();
        await using var second = _harness.CreateStore();
        first.LockDataDirectory();
        first.LockDataDirectory();

        var refused = await Assert.ThrowsAsync<StoreInUseException>(() => second.MigrateAsync(None));

        Assert.Contains(_harness.DatabasePath + ".lock", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_let_go_can_be_opened_again_with_its_rows()
    {
        var first = _harness.CreateStore();
        await first.MigrateAsync(None);
        var owner = await Owner.ClaimAsync(StoreNode.Of(Guid.NewGuid(), first));
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)));
        await first.DisposeAsync();

        await using var second = _harness.CreateStore();
        await second.MigrateAsync(None);

        var successor = await Owner.ClaimAsync(StoreNode.Of(Guid.NewGuid(), second));
        Assert.Single((await successor.LoadAsync("a")).Open);
    }

    [Fact]
    public async Task CheckSchema_of_a_new_file_says_what_is_missing()
    {
        await using var store = _harness.CreateStore();

        var missing = await Assert.ThrowsAsync<SchemaVersionException>(() => store.CheckSchemaAsync(None));

        Assert.Contains("version 0; this build needs 1", missing.Message, StringComparison.Ordinal);
        await store.MigrateAsync(None);
        await store.CheckSchemaAsync(None);
    }

    [Fact]
    public async Task Schema_newer_than_the_build_is_refused()
    {
        await using var store = _harness.CreateStore();
        await store.MigrateAsync(None);
        await using (var raw = new SqliteConnection($"Data Source={_harness.DatabasePath};Pooling=False"))
        {
            await raw.OpenAsync();
            await using var newer = raw.CreateCommand();
            newer.CommandText = "INSERT INTO schema_version (version, works_with, applied_at) VALUES (99, 99, '')";
            await newer.ExecuteNonQueryAsync();
        }

        var refused = await Assert.ThrowsAsync<SchemaVersionException>(() => store.MigrateAsync(None));

        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_that_is_no_database_is_refused_naming_it()
    {
        await File.WriteAllBytesAsync(_harness.DatabasePath, [.. Enumerable.Repeat((byte)0x5A, 8_192)]);
        await using var store = _harness.CreateStore();

        var refused = await Assert.ThrowsAsync<StoreFailedException>(() => store.MigrateAsync(None));

        Assert.Contains($"'{_harness.DatabasePath}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_a_call_other_than_an_append_leaves_the_writer_free()
    {
        await using var store = _harness.CreateStore();

        var thread = await store.MigrateAsync(None).ContinueWith(
            _ => Thread.CurrentThread.Name, None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        Assert.NotEqual("carillon-sqlite-writer", thread, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Write_after_the_store_was_closed_fails()
    {
        var store = _harness.CreateStore();
        await store.MigrateAsync(None);
        await store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => store.AppendAsync(new(Guid.Empty, [], [])));
    }
}
