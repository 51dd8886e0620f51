namespace Carillon.Model;

/// <summary>Why an attempt started later than it was due: the longest of its waits.</summary>
public enum WaitCause
{
    /// <summary>It did not wait.</summary>
    None = 0,

    /// <summary>All slots of its queue were taken.</summary>
    Queue = 1,

    /// <summary>A limit of its own job held it back.</summary>
    Limit = 2,

    /// <summary>The store took its time to record the start.</summary>
    Store = 3,

    /// <summary>Its shard had no owner, or was moving.</summary>
    Failover = 4,

    /// <summary>No node was suitable.</summary>
    NoWorker = 5,
}
