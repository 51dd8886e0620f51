namespace Carillon.Model;

/// <summary>How far the records of a shard have been audited, and what was found since the store was made.</summary>
/// <param name="Through">Everything due, and every repeated attempt that ended, before this instant has been looked at.</param>
/// <param name="Duplicates">How many duplicates were found; never falls.</param>
/// <param name="Missed">How many missed occurrences were found; never falls.</param>
/// <param name="LastFindingAt">When something was found last, or null.</param>
public sealed record ShardAudit(DateTimeOffset Through, long Duplicates, long Missed, DateTimeOffset? LastFindingAt);
