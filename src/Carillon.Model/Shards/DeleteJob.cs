namespace Carillon.Model;

/// <summary>
/// Removes a job and its idempotency keys; it is appended together with the end of everything the job has open. Its
/// executions stay until their retention ends, its snapshot until <see cref="DropSnapshot"/>.
/// </summary>
/// <param name="Id">The job.</param>
public sealed record DeleteJob(string Id) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Id;
}
