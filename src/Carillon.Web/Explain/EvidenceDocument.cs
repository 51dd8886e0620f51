using Carillon.Scheduling.Explanations;

namespace Carillon.Web;

/// <summary>What an explanation rests on.</summary>
internal sealed record EvidenceDocument
{
    /// <summary>Makes the document.</summary>
    public EvidenceDocument(OccurrenceEvidence evidence, OccurrenceExplanation explanation)
    {
        Rows = explanation.Execution is { } execution ? [.. execution.Attempts.Select(static a => new AttemptNumbers(a))] : [];
        Stretch = explanation.Stretch is { } stretch ? new StretchDocument(stretch) : null;
        Previous = evidence.Moment?.Previous;
        Next = evidence.Moment?.Next;
        CreatedAt = evidence.Job?.CreatedAt;
        ScheduledFrom = evidence.Job?.ScheduledFrom;
        DecidedThrough = evidence.DecidedThrough;
        KeptFrom = evidence.KeptFrom;
    }

    /// <summary>The rows of the attempts.</summary>
    public IReadOnlyList<AttemptNumbers> Rows { get; }

    /// <summary>The row of the stretch that holds the occurrence, or null.</summary>
    public StretchDocument? Stretch { get; }

    /// <summary>The occurrence of the present schedule before it.</summary>
    public DateTimeOffset? Previous { get; }

    /// <summary>The occurrence of the present schedule after it.</summary>
    public DateTimeOffset? Next { get; }

    /// <summary>When the job was created; null when it has been deleted.</summary>
    public DateTimeOffset? CreatedAt { get; }

    /// <summary>Since when the present schedule counts.</summary>
    public DateTimeOffset? ScheduledFrom { get; }

    /// <summary>The last occurrence about which a decision is recorded.</summary>
    public DateTimeOffset? DecidedThrough { get; }

    /// <summary>What was due before this is not kept.</summary>
    public DateTimeOffset KeptFrom { get; }
}
