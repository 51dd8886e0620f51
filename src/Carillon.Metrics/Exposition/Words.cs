using System.Text.Json;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics;

/// <summary>The words under which values appear in labels and JSON: snake_case.</summary>
public static class Words
{
    private static readonly string[] Outcomes = Of<Outcome>();
    private static readonly string[] Causes = Of<WaitCause>();
    private static readonly string[] States = Of<NodeStatus>();
    private static readonly string[] Drops = Of<DropReason>();
    private static readonly string[] Reasons = Of<TakeoverReason>();

    /// <summary>succeeded, failed, timed_out, cancelled, skipped, misfired or lost.</summary>
    public static string Of(Outcome outcome)
    {
        return Outcomes[(int)outcome];
    }

    /// <summary>none, queue, limit, store, failover or no_worker.</summary>
    public static string Of(WaitCause cause)
    {
        return Causes[(int)cause];
    }

    /// <summary>joining, up, leaving or dead.</summary>
    public static string Of(NodeStatus status)
    {
        return States[(int)status];
    }

    /// <summary>latency, label_sets, operations, instruments, killed or refused.</summary>
    public static string Of(DropReason reason)
    {
        return Drops[(int)reason];
    }

    /// <summary>first, released, crash or lease.</summary>
    public static string Of(TakeoverReason reason)
    {
        return Reasons[(int)reason];
    }

    /// <summary>What <c>last_status</c> says: success, failure, or the word of another outcome.</summary>
    public static string StatusOf(Outcome outcome)
    {
        return outcome switch
        {
            Outcome.Succeeded => "success",
            Outcome.Failed => "failure",
            _ => Of(outcome),
        };
    }

    private static string[] Of<TEnum>()
        where TEnum : struct, Enum
    {
        var values = Enum.GetValues<TEnum>();
        var words = new string[Convert.ToInt32(values[^1], null) + 1];
        foreach (var value in values)
        {
            words[Convert.ToInt32(value, null)] = JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
        }

        return words;
    }
}
