using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>Occurrences of one job, close together.</summary>
internal sealed record UpcomingDocument
{
    /// <summary>Makes the document of an entry.</summary>
    public UpcomingDocument(UpcomingRun run)
    {
        var job = run.Job.Definition;
        (JobId, JobName, Category, Queue) = (job.Id, job.DisplayName, job.Category, job.Queue);
        (At, LastAt, Count, SkipReason) = (run.At, run.Last, run.Count, run.SkipReason);
    }

    public string JobId { get; }

    public string JobName { get; }

    public string? Category { get; }

    public string Queue { get; }

    /// <summary>The first of them.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The last of them.</summary>
    public DateTimeOffset LastAt { get; }

    /// <summary>How many there are, counted up to 1,000.</summary>
    public long Count { get; }

    /// <summary>Why they will not run as things stand, or null.</summary>
    public string? SkipReason { get; }
}
