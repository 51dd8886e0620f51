using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>A stretch of occurrences that did not run.</summary>
internal sealed record StretchDocument
{
    /// <summary>Makes the document of a stretch.</summary>
    public StretchDocument(RecordedStretch stretch)
    {
        (_, From, To, Count, Outcome, Reason) = stretch.Run;
        No = stretch.No;
    }

    public DateTimeOffset From { get; }

    public DateTimeOffset To { get; }

    public long Count { get; }

    public Outcome Outcome { get; }

    public string Reason { get; }

    public long No { get; }
}
