using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Persistence;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Conformance.Tests;

/// <summary>One incarnation's view of a store.</summary>
public sealed record StoreNode(
    Guid Incarnation,
    IClusterStore Cluster,
    IShardLog Log,
    IJobStore Jobs,
    IStoreMaintenance Maintenance,
    IRollupStore Rollups,
    IAuditStore Audit,
    IOperationStore Operations)
{
    public static StoreNode Of(Guid incarnation, INodeStore store)
    {
        return new StoreNode(incarnation, store, store, store, store, store.Rollups, store.Audit, store.Operations);
    }

    public static StoreNode Of(Guid incarnation, SimulatedStore store)
    {
        return new StoreNode(incarnation, store, store, store, store, store.Rollups, store.Audit, store);
    }

    public NodeRow Row(string name)
    {
        return new NodeRow
        {
            Incarnation = Incarnation,
            Name = name,
            Advertise = $"http://{name}:8000",
            Version = "1.0.0",
        };
    }
}
