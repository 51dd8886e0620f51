namespace Carillon.Model;

/// <summary>How an attempt ended.</summary>
public sealed record AttemptResult
{
    /// <summary>The outcome of this attempt.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Whether it is also the outcome of the execution; false when another attempt follows.</summary>
    public bool Final { get; init; } = true;

    /// <summary>How long user code ran, in microseconds; null when it never did.</summary>
    public long? DurationMicroseconds { get; init; }

    /// <summary>A word for the rule or event behind the outcome, such as <c>timeout</c> or <c>worker_died</c>. Null for plain success and failure.</summary>
    public string? Reason { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public AttemptError? Error { get; init; }

    /// <summary>
    /// What the run printed, within bounds, or null. Attempts that are read back come without it: it is asked for alone.
    /// </summary>
    public string? Output { get; init; }
}
