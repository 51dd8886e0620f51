using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Nothing of the shard runs, and everything that ended is recorded.</summary>
/// <param name="Term">The shard's term.</param>
public sealed record JobsDrained(ShardTerm Term);
