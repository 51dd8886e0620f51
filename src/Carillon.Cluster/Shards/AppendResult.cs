using Carillon.Model;

namespace Carillon.Cluster;

/// <summary>What became of an <see cref="Append"/>. No result at all means: the outcome is unknown, and the term ends.</summary>
/// <param name="Request">What was to be recorded.</param>
public abstract record AppendResult(Append Request)
{
    /// <summary>The term of the request.</summary>
    public ShardTerm Term => Request.Term;

    /// <summary>The tag of the request.</summary>
    public object? Tag => Request.Tag;
}
