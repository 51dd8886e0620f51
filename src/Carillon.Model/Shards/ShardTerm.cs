namespace Carillon.Model;

/// <summary>
/// One node's time as owner of one shard. It is taken from the statement that claimed the shard, handed down to
/// everything that works for it, and never refreshed in place: work of an ended term must not pass under a later one.
/// </summary>
/// <param name="Shard">The shard, from 0.</param>
/// <param name="Epoch">Grows with every change of owner, from 1.</param>
public readonly record struct ShardTerm(int Shard, long Epoch);
