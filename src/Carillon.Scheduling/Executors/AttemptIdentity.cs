using System.Diagnostics;
using System.Globalization;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>What an attempt tells those it runs about itself: as request headers, or as environment variables.</summary>
internal static class AttemptIdentity
{
    /// <summary>The names and the value of every part.</summary>
    public static IReadOnlyList<(string Header, string Variable, string Value)> Of(JobContext context)
    {
        var execution = context.ExecutionId.ToString();
        var token = context.FencingToken.ToString(CultureInfo.InvariantCulture);
        var scheduledAt = context.ScheduledAt.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        var trace = Activity.Current?.Id ?? Untraced(context);
        return
        [
            ("Carillon-Job", "CARILLON_JOB", context.JobId),
            ("Carillon-Execution", "CARILLON_EXECUTION", execution),
            ("Carillon-Scheduled-At", "CARILLON_SCHEDULED_AT", scheduledAt),
            ("Carillon-Attempt", "CARILLON_ATTEMPT", context.Attempt.ToString(CultureInfo.InvariantCulture)),
            ("Carillon-Fencing-Token", "CARILLON_FENCING_TOKEN", token),
            ("Idempotency-Key", "CARILLON_IDEMPOTENCY_KEY", execution),
            ("traceparent", "TRACEPARENT", trace),
        ];
    }

    /// <summary>Names the trace also when nobody records it, so that what is called can be found by the execution.</summary>
    private static string Untraced(JobContext context)
    {
        return $"00-{ExecutionTrace.IdOf(context.ExecutionId, context.TraceParent)}-{context.FencingToken:x16}-01";
    }
}
