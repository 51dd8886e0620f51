namespace Carillon.Scheduling;

/// <summary>Why a running attempt was cancelled, as recorded with its outcome.</summary>
public static class CancelReasons
{
    /// <summary>It ran longer than its timeout.</summary>
    public const string Timeout = "timeout";

    /// <summary>Its execution took longer than its total timeout.</summary>
    public const string TotalTimeout = "total_timeout";

    /// <summary>Its node shut down and could not wait for it.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>Its worker was told to restart and could not wait for it.</summary>
    public const string Restart = "restart";

    /// <summary>Its node was declared dead.</summary>
    public const string NodeDied = "node_died";

    /// <summary>Its node could not renew its lease, and its job is not to go on then.</summary>
    public const string LeaseLost = "lease_lost";

    /// <summary>Its job was deleted.</summary>
    public const string Deleted = "deleted";

    /// <summary>A newer execution of its job takes its place, under <c>overlap = cancel-previous</c>.</summary>
    public const string Replaced = "replaced";
}
