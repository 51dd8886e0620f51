namespace Carillon.Scheduling;

/// <summary>What this node may start. The answers may change at any time, so they are read before every step.</summary>
public interface IStartGate
{
    /// <summary>Whether something new may be planned: the node holds its lease and is not leaving.</summary>
    bool IsOpen { get; }

    /// <summary>
    /// Whether a start that is committed may be handed to a worker. A node that leaves still runs what it has recorded
    /// as started; one without a lease does not, because another node may be about to resolve it.
    /// </summary>
    bool HoldsLease { get; }
}
