using Carillon.Cluster;
using Carillon.Testing;
using Carillon.Scheduling.Tests.Jobs;

namespace Carillon.Scheduling.Tests.Workers;

/// <summary>The surroundings of a worker that is the only one.</summary>
internal static class Alone
{
    public static WorkerContext On(Guid node)
    {
        return new WorkerContext(node, new JobWorld.LeaseGate(), new NodeDirectory(), new LocalActors(node));
    }
}
