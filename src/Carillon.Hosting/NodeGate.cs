using Carillon.Cluster;
using Carillon.Scheduling;

namespace Carillon.Hosting;

/// <summary>Open while the node holds its lease and is not leaving.</summary>
internal sealed class NodeGate(Lease lease) : IStartGate
{
    private volatile bool _closed;

    public bool IsOpen => !_closed && lease.IsHeld;

    public void Close()
    {
        _closed = true;
    }
}
