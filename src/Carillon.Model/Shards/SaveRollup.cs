namespace Carillon.Model;

/// <summary>Records a part of a job's figures in one minute or hour, replacing its earlier form.</summary>
/// <param name="Rollup">The part as it now is.</param>
public sealed record SaveRollup(Rollup Rollup) : ShardWrite
{
    /// <inheritdoc/>
    public override string JobId => Rollup.JobId;
}
