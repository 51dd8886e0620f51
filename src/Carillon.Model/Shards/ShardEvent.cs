namespace Carillon.Model;

/// <summary>A write with the place the owner gave it in its shard; once committed, a fact.</summary>
/// <param name="Term">The shard, and the term under which it is written.</param>
/// <param name="No">The owner's own counter of the shard: unique, growing.</param>
/// <param name="At">When the owner appended it: growing within a shard.</param>
/// <param name="Write">What is recorded.</param>
public readonly record struct ShardEvent(ShardTerm Term, long No, DateTimeOffset At, ShardWrite Write);
