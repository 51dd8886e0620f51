namespace Carillon.Model;

/// <summary>A job as the cluster knows it: its definition and what operators did to it.</summary>
public sealed record Job
{
    /// <summary>What the user declared.</summary>
    public required JobDefinition Definition { get; init; }

    /// <summary>When it was first created; the phase of an <c>every</c> schedule without a start.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// The number of its creation in its shard; 0 until that is recorded. Every fact about the job has a larger one,
    /// every fact about an earlier job of the same id a smaller one.
    /// </summary>
    public long CreatedNo { get; init; }

    /// <summary>Grows with every change, from 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>
    /// Since when the present schedule counts: its creation or last change. Occurrences up to this instant are not owed.
    /// </summary>
    public required DateTimeOffset ScheduledFrom { get; init; }

    /// <summary>Where the definition comes from.</summary>
    public JobSource Source { get; init; }

    /// <summary>Why it stands still, or null while it runs by its schedule.</summary>
    public Pause? Pause { get; init; }

    /// <summary>
    /// Whether pages of metrics tell its figures together with those of others, as <see cref="JobDefinition.SharedId"/>.
    /// Decided when it is created, and never again.
    /// </summary>
    public bool SharesSeries { get; init; }

    /// <summary><see cref="JobDefinition.Id"/>.</summary>
    public string Id => Definition.Id;
}
