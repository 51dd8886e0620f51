namespace Carillon.Model;

/// <summary>Records a job's definition and pause, replacing what was there.</summary>
/// <param name="Job">The job as it now is.</param>
public sealed record SaveJob(Job Job) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Job.Id;
}
