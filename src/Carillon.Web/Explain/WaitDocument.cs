using Carillon.Scheduling.Explanations;

namespace Carillon.Web;

/// <summary>One wait on the way of an execution.</summary>
internal sealed record WaitDocument
{
    /// <summary>Makes the document of a wait.</summary>
    /// <param name="wait">The wait.</param>
    /// <param name="now">Until when one that lasts is measured.</param>
    public WaitDocument(AttemptWait wait, DateTimeOffset now)
    {
        Attempt = wait.Attempt;
        Cause = wait.Cause;
        From = wait.From;
        To = wait.To;
        WaitMs = Math.Max(0, ((wait.To ?? now) - wait.From).TotalMilliseconds);
    }

    public int Attempt { get; }

    public string Cause { get; }

    public DateTimeOffset From { get; }

    public DateTimeOffset? To { get; }

    public double WaitMs { get; }
}
