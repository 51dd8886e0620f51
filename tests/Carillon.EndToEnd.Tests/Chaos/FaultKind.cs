namespace Carillon.EndToEnd.Tests.Chaos;

/// <summary>What may go wrong in a cluster at work, or be done to it.</summary>
internal enum FaultKind
{
    /// <summary>kill −9 of a node, which is started again.</summary>
    Kill,

    /// <summary>SIGSTOP of a node for more than two leases, then SIGCONT.</summary>
    StandStill,

    /// <summary>The database crashes or stops in order, and starts at once.</summary>
    DatabaseRestart,

    /// <summary>The database is gone for longer than every lease.</summary>
    DatabaseAway,

    /// <summary>A node does not reach its database for more than two leases: nothing arrives, or connections are reset.</summary>
    DatabaseCut,

    /// <summary>No node reaches the database for more than a lease, and none is told.</summary>
    DatabaseSilent,

    /// <summary>The others do not reach a node, or nobody reaches anybody.</summary>
    PeersCut,

    /// <summary>A node leaves in order and comes back.</summary>
    Leave,

    /// <summary>All but one leave at the same time and come back.</summary>
    LeaveTogether,

    /// <summary>One node after the other leaves and comes back.</summary>
    RollingRestart,

    /// <summary>As <see cref="RollingRestart"/>, from one build to another that knows one more step of the schema, or back.</summary>
    Upgrade,

    /// <summary>From all to one, to five, to two, to three nodes.</summary>
    Resize,

    /// <summary>The primary is lost, and its synchronous standby takes over.</summary>
    FailOver,

    /// <summary>A node is killed while the database is away.</summary>
    KillWhileDatabaseAway,

    /// <summary>A node is killed while another one stands still.</summary>
    KillWhileStandingStill,
}
