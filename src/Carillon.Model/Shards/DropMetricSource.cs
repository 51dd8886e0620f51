namespace Carillon.Model;

/// <summary>Forgets an incarnation that is dead: it sends nothing any more.</summary>
/// <param name="Incarnation">The life of the node's process.</param>
public sealed record DropMetricSource(Guid Incarnation) : ShardWrite
{
    /// <summary>Empty: it is about no job.</summary>
    public override string JobId => "";
}
