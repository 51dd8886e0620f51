using System.Diagnostics;
using System.Diagnostics.Metrics;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>
/// The instruments of <c>Meter("Carillon")</c>, for hosts that collect meters. They count what this process committed
/// since it started, so the sums over all processes are those of the cluster. Without a listener they cost a
/// comparison.
/// </summary>
internal static class SchedulerInstruments
{
    private static readonly Meter Meter = new("Carillon");

    /// <summary>What was not counted or not exported, by <c>reason</c>.</summary>
    public static readonly Counter<long> Dropped = Meter.CreateCounter<long>(
        "carillon.metrics.dropped", "{observation}", "Observations that were not counted or not exported.");

    private static readonly Counter<long> Executions = Meter.CreateCounter<long>(
        "carillon.executions", "{execution}", "Executions that ended, by outcome.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "carillon.retries", "{attempt}", "Started attempts beyond the first of their execution.");

    private static readonly Histogram<double> Durations = Histogram("carillon.attempt.duration", "Durations of finished attempts.");

    private static readonly Histogram<double> StartLags = Histogram("carillon.start.lag", "From due to started.");

    /// <summary>Whether anybody listens.</summary>
    public static bool IsEnabled => Executions.Enabled || Retries.Enabled || Durations.Enabled || StartLags.Enabled;

    /// <summary>Counts committed facts of one shard.</summary>
    /// <param name="facts">The facts, each once.</param>
    /// <param name="categoryOf">The category of a job; null for none.</param>
    public static void Record(ArraySegment<ShardEvent> facts, Func<string, string?> categoryOf)
    {
        foreach (var fact in facts)
        {
            var tags = new TagList { { "job_id", fact.Write.JobId }, { "category", JobLabels.OrUnknown(categoryOf(fact.Write.JobId)) } };
            switch (fact.Write)
            {
                case PlanAttempt { Attempt: { StartedAt: { } startedAt } attempt }:
                    Started(attempt.Key.Attempt, startedAt - attempt.DueAt, attempt.WaitCause, tags);
                    break;
                case StartAttempt start:
                    Started(start.Key.Attempt, start.StartedAt - start.DueAt, start.WaitCause, tags);
                    break;
                case FinishAttempt finish:
                    Finished(finish, tags);
                    break;
            }
        }
    }

    private static void Started(int attempt, TimeSpan lag, WaitCause cause, TagList tags)
    {
        if (attempt > 1)
        {
            Retries.Add(1, tags);
        }

        tags.Add("cause", Words.Of(cause));
        StartLags.Record(Math.Max(0, lag.TotalSeconds), tags);
    }

    private static void Finished(FinishAttempt finish, TagList tags)
    {
        tags.Add("outcome", Words.Of(finish.Result.Outcome));
        if (ExecutionCounts.DurationOf(finish) is { } microseconds)
        {
            Durations.Record(microseconds / 1_000_000.0, tags);
        }

        if (finish.Result.Final)
        {
            Executions.Add(1, tags);
        }
    }

    private static Histogram<double> Histogram(string name, string description)
    {
        var bounds = new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.. DurationBuckets.Bounds.Select(static bound => bound / 1_000_000.0)],
        };
        return Meter.CreateHistogram(name, "s", description, advice: bounds);
    }
}
