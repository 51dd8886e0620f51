namespace Carillon.Model;

/// <summary>Removes a job. Its executions stay until their retention ends.</summary>
/// <param name="Id">The job.</param>
public sealed record DeleteJob(string Id) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Id;
}
