using System.Text.Json;
using Carillon.Model;

namespace Carillon.Scheduling.Explanations;

/// <summary>What executions wait for, in words.</summary>
internal static class WaitWords
{
    public const string DueTime = "due_time";
    public const string Retry = "retry";
    private const string Paused = "paused";

    /// <summary>The word of a cause.</summary>
    public static string Of(WaitCause cause)
    {
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());
    }

    /// <summary>A recorded cause as the end of a sentence about a late start.</summary>
    public static string Because(WaitCause cause, string? queue)
    {
        return cause switch
        {
            WaitCause.Queue => $"all slots of queue '{queue ?? "?"}' were taken",
            WaitCause.Limit => "a limit of its job or queue held it back",
            WaitCause.Store => "the store took its time to record the start",
            WaitCause.Failover => "its shard had no owner, or was being opened",
            WaitCause.NoWorker => "no node was suitable",
            _ => "it waited",
        };
    }

    /// <summary>The word for what a due one waits for now.</summary>
    public static string CauseNow(OccurrenceEvidence evidence)
    {
        return IsPaused(evidence) ? Paused : Of(Cause(evidence));
    }

    /// <summary>What a due one waits for now, in words.</summary>
    public static string Now(OccurrenceEvidence evidence)
    {
        return Cause(evidence) switch
        {
            _ when IsPaused(evidence) => "the whole scheduler is paused",
            WaitCause.Limit => $"{evidence.Running} of its job run already, and no more may at once",
            WaitCause.Queue when evidence.Queue is { } queue =>
                $"all {queue.Slots} slots of queue '{queue.Name}' are taken, and {queue.Length} wait for one",
            _ => "its start, or the decision not to run it, is about to be recorded",
        };
    }

    private static bool IsPaused(OccurrenceEvidence evidence)
    {
        return evidence.SchedulerPause is { } pause && !pause.IsOver(evidence.Now);
    }

    private static WaitCause Cause(OccurrenceEvidence evidence)
    {
        return evidence.Job is { } job && evidence.Running >= job.Definition.ConcurrencyLimit ? WaitCause.Limit
            : evidence.Queue is { } queue && queue.Active >= queue.Slots ? WaitCause.Queue
            : WaitCause.Store;
    }
}
