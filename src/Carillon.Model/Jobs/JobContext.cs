using Microsoft.Extensions.Logging;

namespace Carillon.Model;

/// <summary>What user code is told about the attempt it runs.</summary>
public sealed class JobContext
{
    /// <summary>The job.</summary>
    public required string JobId { get; init; }

    /// <summary>The execution: stable over its attempts, fit as an idempotency key.</summary>
    public required Guid ExecutionId { get; init; }

    /// <summary>The occurrence's due time by schedule, or the time of the trigger. UTC, whole microseconds.</summary>
    public required DateTimeOffset ScheduledAt { get; init; }

    /// <summary>1 for the first attempt.</summary>
    public required int Attempt { get; init; }

    /// <summary>
    /// Larger for every later start of this job, on whichever node. Hand it to what the job writes to, and let that
    /// refuse smaller ones: a database can fence its own rows, but not the side effects of a stalled node.
    /// </summary>
    public required long FencingToken { get; init; }

    /// <summary>The trigger's payload, else the job's, else null. JSON text.</summary>
    public string? Payload { get; init; }

    /// <summary>The W3C <c>traceparent</c> of the span that triggered the execution, or null.</summary>
    public string? TraceParent { get; init; }

    /// <summary>
    /// A logger whose scope names the job, the execution and the attempt. What it is told from information on is also
    /// part of <see cref="Output"/>.
    /// </summary>
    public required ILogger Log { get; init; }

    /// <summary>What is kept with the execution as its output, within the bound <c>history.output-limit</c>.</summary>
    public required JobOutput Output { get; init; }

    /// <summary>How far the run is; shown while it runs.</summary>
    public required JobProgress Progress { get; init; }

    /// <summary>Services of the host, in a scope of this attempt.</summary>
    public required IServiceProvider Services { get; init; }
}
