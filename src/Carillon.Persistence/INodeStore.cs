using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>Everything a node needs of its store.</summary>
public interface INodeStore : IClusterStore, IShardLog, IJobStore, IStoreMaintenance, IAsyncDisposable
{
    /// <summary>The figures of past minutes and hours.</summary>
    IRollupStore Rollups { get; }

    /// <summary>The figures of operations in past minutes and hours.</summary>
    IOperationStore Operations { get; }

    /// <summary>The reads of the audit.</summary>
    IAuditStore Audit { get; }

    /// <summary>Brings the schema to the newest version; nodes that start together wait for each other.</summary>
    /// <exception cref="SchemaVersionException">The schema is newer than this build.</exception>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>Checks that the schema is the newest, changing nothing.</summary>
    /// <exception cref="SchemaVersionException">The schema is older or newer than this build.</exception>
    Task CheckSchemaAsync(CancellationToken cancellationToken);
}
