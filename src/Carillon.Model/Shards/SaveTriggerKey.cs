namespace Carillon.Model;

/// <summary>Records that a trigger's idempotency key was used.</summary>
/// <param name="Key">Key, job, the occurrence it made, and until when the key is remembered.</param>
public sealed record SaveTriggerKey(TriggerKey Key) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Key.JobId;
}
