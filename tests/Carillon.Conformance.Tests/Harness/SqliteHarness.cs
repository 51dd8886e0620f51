using Carillon.Persistence;

namespace Carillon.Conformance.Tests;

/// <summary>A database file in a directory of its own.</summary>
public sealed class SqliteHarness : StoreHarness
{
    private readonly string _directory;
    private SqliteStore? _store;

    public SqliteHarness()
    {
        _directory = Directory.CreateTempSubdirectory("carillon-sqlite-").FullName;
        OnRemove(() =>
        {
            Directory.Delete(_directory, recursive: true);
            return Task.CompletedTask;
        });
    }

    public string DatabasePath => Path.Combine(_directory, "carillon.db");

    public override async Task<StoreNode> OpenNodeAsync()
    {
        if (_store is null)
        {
            _store = CreateStore();
            await _store.MigrateAsync(CancellationToken.None);
        }

        return StoreNode.Of(Guid.NewGuid(), _store);
    }

    public SqliteStore CreateStore()
    {
        var store = new SqliteStore(
            new SqliteStoreOptions { Path = DatabasePath, SlowQuery = SlowQuery }, TimeProvider.System, Loggers);
        OnRemove(async () => await store.DisposeAsync());
        return store;
    }
}
