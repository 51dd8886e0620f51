using System.Diagnostics;

namespace Carillon.Model;

/// <summary>
/// The trace of an execution: that of the span that triggered it, else one of its own, whose id is the execution's. So
/// whoever knows the one knows the other, also when nobody recorded a span.
/// </summary>
public static class ExecutionTrace
{
    /// <summary>The trace id, as 32 hexadecimal digits.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="traceParent">What triggered it, or null.</param>
    public static string IdOf(Guid executionId, string? traceParent)
    {
        return ParentOf(executionId, traceParent).TraceId.ToHexString();
    }

    /// <summary>The context that spans of the execution are below; without a span of its own where nothing traced triggered it.</summary>
    /// <param name="executionId">The execution.</param>
    /// <param name="traceParent">What triggered it, or null.</param>
    public static ActivityContext ParentOf(Guid executionId, string? traceParent)
    {
        return ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent)
            ? parent
            : new ActivityContext(ActivityTraceId.CreateFromString(executionId.ToString("N")), default, ActivityTraceFlags.Recorded);
    }
}
