using Carillon.Model;
using Carillon.Scheduling.Explanations;

namespace Carillon.Web;

/// <summary>Why an occurrence ran or did not.</summary>
internal sealed record ExplainDocument
{
    /// <summary>Makes the document of an explanation.</summary>
    public ExplainDocument(string jobId, OccurrenceEvidence evidence, OccurrenceExplanation explanation, OwnerDocument owner)
    {
        var execution = explanation.Execution;
        var first = execution?.Attempts[0];
        JobId = jobId;
        At = evidence.From;
        ScheduledAt = explanation.ScheduledAt;
        DueAt = first?.DueAt ?? explanation.ScheduledAt;
        Decision = explanation.Decision;
        Outcome = explanation.Outcome;
        Reason = explanation.Reason;
        ScheduleNote = evidence.Moment?.Note;
        Trigger = first?.Trigger;
        ExecutionId = execution?.Id;
        Owner = owner;
        Waits = [.. explanation.Waits.Select(wait => new WaitDocument(wait, evidence.Now))];
        Attempts = execution is null ? [] : new ExecutionDocument(execution, isFull: true).Attempts;
        Evidence = new EvidenceDocument(evidence, explanation);
        AsOf = evidence.Now;
    }

    public string JobId { get; }

    public DateTimeOffset At { get; }

    public OccurrenceDecision Decision { get; }

    public string Reason { get; }

    public DateTimeOffset? ScheduledAt { get; }

    public DateTimeOffset? DueAt { get; }

    public string? ScheduleNote { get; }

    public Outcome? Outcome { get; }

    public TriggerKind? Trigger { get; }

    public Guid? ExecutionId { get; }

    public OwnerDocument Owner { get; }

    public IReadOnlyList<WaitDocument> Waits { get; }

    public IReadOnlyList<AttemptDocument> Attempts { get; }

    public EvidenceDocument Evidence { get; }

    public DateTimeOffset AsOf { get; }
}
