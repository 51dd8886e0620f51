using Carillon.Cluster;

namespace Carillon.Scheduling;

/// <summary>Open while the node holds its lease and is not leaving.</summary>
public sealed class StartGate : IStartGate
{
    private readonly Lease _lease;
    private volatile bool _closed;

    /// <summary>Makes a gate that opens with the lease.</summary>
    public StartGate(Lease lease)
    {
        _lease = lease;
    }

    /// <inheritdoc/>
    public bool IsOpen => !_closed && _lease.IsHeld;

    /// <inheritdoc/>
    public bool HoldsLease => _lease.IsHeld;

    /// <summary>The node leaves: nothing new starts any more.</summary>
    public void Close()
    {
        _closed = true;
    }
}
