using Carillon.Persistence;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>Opens the store that the settings name.</summary>
internal static class NodeStores
{
    public static INodeStore Create(CarillonOptions options, NodeIdentity identity, TimeProvider time, ILoggerFactory loggers)
    {
        var store = options.Store;
        return store.Provider == StoreProvider.Sqlite
            ? new SqliteStore(new SqliteStoreOptions { Path = Path.Combine(options.Node.DataDir, "carillon.db"), SlowQuery = store.SlowQuery }, time, loggers)
            : new PostgreSqlStore(
                new PostgreSqlStoreOptions
                {
                    ConnectionString = store.ConnectionString ?? throw new InvalidOperationException("the options were not checked"),
                    Schema = store.Schema,
                    Incarnation = identity.Incarnation,
                    SlowQuery = store.SlowQuery,
                },
                time,
                loggers);
    }
}
