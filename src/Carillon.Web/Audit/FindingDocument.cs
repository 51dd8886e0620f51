using Carillon.Model;

namespace Carillon.Web;

/// <summary>One finding of the audit.</summary>
internal sealed record FindingDocument
{
    /// <summary>Makes the document of a finding.</summary>
    public FindingDocument(AuditFinding finding)
    {
        (JobId, ScheduledAt, Kind, var attempt, FoundAt, Evidence) = finding;
        Attempt = attempt == 0 ? null : attempt;
        ExecutionId = finding.Kind == AuditFindingKind.Duplicate ? Model.ExecutionId.Of(finding.JobId, finding.ScheduledAt) : null;
    }

    public string JobId { get; }

    public DateTimeOffset ScheduledAt { get; }

    public AuditFindingKind Kind { get; }

    /// <summary>The later of the two attempts; null for an occurrence that was missed.</summary>
    public int? Attempt { get; }

    public Guid? ExecutionId { get; }

    public DateTimeOffset FoundAt { get; }

    public string Evidence { get; }
}
