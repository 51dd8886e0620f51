namespace Carillon.Model;

/// <summary>
/// A fact that an owner wants recorded in its shard. The closed set of its kinds is what the append port of every
/// store understands, and what <c>JobHistory</c> folds after the commit.
/// </summary>
public abstract record ShardWrite
{
    private protected ShardWrite()
    {
    }

    /// <summary>The job it is about.</summary>
    public abstract string JobId { get; }
}
