namespace Carillon.Model;

/// <summary>Records a minute or hour of an operation that has ended, replacing what was there.</summary>
/// <param name="Rollup">All of the minute or hour.</param>
public sealed record SaveOperationRollup(OperationRollup Rollup) : ShardWrite
{
    /// <summary>Empty: it is about no job.</summary>
    public override string JobId => "";
}
