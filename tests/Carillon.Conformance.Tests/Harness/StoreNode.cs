using Carillon.Cluster;
using Carillon.Scheduling;

namespace Carillon.Conformance.Tests;

/// <summary>One incarnation's view of a store.</summary>
public sealed record StoreNode(
    Guid Incarnation, IClusterStore Cluster, IShardLog Log, IJobStore Jobs, IStoreMaintenance Maintenance)
{
    public static StoreNode Of<TStore>(Guid incarnation, TStore store)
        where TStore : IClusterStore, IShardLog, IJobStore, IStoreMaintenance
    {
        return new StoreNode(incarnation, store, store, store, store);
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
