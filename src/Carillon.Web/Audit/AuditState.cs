using Carillon.Model;

namespace Carillon.Web;

/// <summary>How the audits of all shards stand.</summary>
/// <param name="Duplicates">Duplicates found since the store was made.</param>
/// <param name="Missed">Missed occurrences found since the store was made.</param>
/// <param name="LastFindingAt">When something was found last, or null.</param>
/// <param name="Through">Up to when every shard with an audit has been audited; null before the first pass.</param>
internal sealed record AuditState(long Duplicates, long Missed, DateTimeOffset? LastFindingAt, DateTimeOffset? Through)
{
    /// <summary>Adds the shards up.</summary>
    public static AuditState Of(IEnumerable<ShardAudit?> shards)
    {
        var audits = shards.OfType<ShardAudit>().ToArray();
        return new AuditState(
            audits.Sum(static audit => audit.Duplicates),
            audits.Sum(static audit => audit.Missed),
            audits.Max(static audit => audit.LastFindingAt),
            audits.Length == 0 ? null : audits.Min(static audit => audit.Through));
    }
}
