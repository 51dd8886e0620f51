using Carillon.Model;

namespace Carillon.Web;

/// <summary>What the audit has found.</summary>
internal sealed record AuditDocument
{
    /// <summary>Makes the document.</summary>
    public AuditDocument(IReadOnlyList<AuditFinding> findings, AuditState state, DateTimeOffset asOf)
    {
        Items = [.. findings.Select(static finding => new FindingDocument(finding))];
        (DuplicatesTotal, MissedTotal, LastFindingAt, AuditedThrough) = state;
        AsOf = asOf;
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<FindingDocument> Items { get; }

    /// <summary>Duplicates found since the store was made.</summary>
    public long DuplicatesTotal { get; }

    /// <summary>Missed occurrences found since the store was made.</summary>
    public long MissedTotal { get; }

    /// <summary>When something was found last, or null.</summary>
    public DateTimeOffset? LastFindingAt { get; }

    /// <summary>Up to when all records have been audited; null before the first pass.</summary>
    public DateTimeOffset? AuditedThrough { get; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset AsOf { get; }
}
