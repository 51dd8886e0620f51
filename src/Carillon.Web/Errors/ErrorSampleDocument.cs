using Carillon.Model;

namespace Carillon.Web;

/// <summary>One error of a kind.</summary>
internal sealed record ErrorSampleDocument
{
    /// <summary>Makes the document of an attempt's error.</summary>
    public ErrorSampleDocument(Attempt attempt)
    {
        ExecutionId = attempt.Key.ExecutionId;
        JobId = attempt.Key.JobId;
        Attempt = attempt.Key.Attempt;
        ScheduledAt = attempt.Key.ScheduledAt;
        Outcome = attempt.Result?.Outcome;
        Error = ErrorDocument.Of(attempt.Result?.Error, withStack: true);
    }

    public Guid ExecutionId { get; }

    public string JobId { get; }

    public int Attempt { get; }

    public DateTimeOffset ScheduledAt { get; }

    public Outcome? Outcome { get; }

    public ErrorDocument? Error { get; }
}
