using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>One attempt of an execution.</summary>
internal sealed record AttemptDocument
{
    /// <summary>Makes the document of an attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="node">The name of the node that runs it, or null.</param>
    /// <param name="withStack">Whether the stack of its error is shown.</param>
    /// <param name="live">Its code, when it runs on this node.</param>
    public AttemptDocument(Attempt attempt, string? node, bool withStack, LiveAttempt? live)
    {
        var result = attempt.Result;
        Attempt = attempt.Key.Attempt;
        State = attempt.State;
        Node = node;
        DueAt = attempt.DueAt;
        StartedAt = attempt.StartedAt;
        FinishedAt = attempt.FinishedAt;
        DurationMs = Milliseconds(result?.DurationMicroseconds);
        WaitMs = Milliseconds(Wait(attempt));
        WaitCause = attempt.WaitCause;
        Outcome = result?.Outcome;
        Reason = result?.Reason;
        Error = ErrorDocument.Of(result?.Error, withStack);
        Epoch = attempt.Epoch;
        Live = LiveDocument.Of(live);
        FencingToken = attempt.StartedNo is null ? null : attempt.FencingToken;
    }

    public int Attempt { get; }

    public AttemptState State { get; }

    public string? Node { get; }

    public DateTimeOffset DueAt { get; }

    public DateTimeOffset? StartedAt { get; }

    public DateTimeOffset? FinishedAt { get; }

    public double? DurationMs { get; }

    public double? WaitMs { get; }

    public WaitCause WaitCause { get; }

    public Outcome? Outcome { get; }

    public string? Reason { get; }

    public ErrorDocument? Error { get; }

    public long Epoch { get; }

    public long? FencingToken { get; }

    public LiveDocument? Live { get; }

    private static long? Wait(Attempt attempt)
    {
        return attempt.StartedAt is { } started
            ? Math.Max(0, (started - attempt.DueAt).Ticks / TimeSpan.TicksPerMicrosecond)
            : null;
    }

    private static double? Milliseconds(long? microseconds)
    {
        return microseconds / 1_000.0;
    }
}
