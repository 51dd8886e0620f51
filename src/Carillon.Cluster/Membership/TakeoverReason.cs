namespace Carillon.Cluster;

/// <summary>Why a shard got another owner.</summary>
public enum TakeoverReason
{
    /// <summary>Nobody has owned it before.</summary>
    First,

    /// <summary>Its owner had released it: handed it over, or left.</summary>
    Released,

    /// <summary>The process of its owner had ended, and its lease had not.</summary>
    Crash,

    /// <summary>The lease of its owner had run out.</summary>
    Lease,
}
