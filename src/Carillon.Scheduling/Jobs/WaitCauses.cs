using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Decides which wait made a start late. Pure.</summary>
public static class WaitCauses
{
    /// <summary>A start within this of its due time did not wait.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest wait between due time and start.</summary>
    /// <param name="dueAt">When it was to start.</param>
    /// <param name="activatedAt">Since when its shard has had this owner.</param>
    /// <param name="slotRequestedAt">When a slot was asked for: until then a limit of its own job held it back.</param>
    /// <param name="startedAt">When it starts.</param>
    /// <param name="waitedFor">What kept it waiting for its slot.</param>
    public static WaitCause Longest(
        DateTimeOffset dueAt, DateTimeOffset activatedAt, DateTimeOffset slotRequestedAt, DateTimeOffset startedAt, WaitCause waitedFor = WaitCause.Queue)
    {
        if (startedAt - dueAt <= OnTime)
        {
            return WaitCause.None;
        }

        var owned = activatedAt > dueAt ? activatedAt : dueAt;
        var failover = owned - dueAt;
        var limit = slotRequestedAt - owned;
        var queue = startedAt - slotRequestedAt;
        if (failover >= limit && failover >= queue)
        {
            return WaitCause.Failover;
        }

        return limit > queue ? WaitCause.Limit : waitedFor;
    }
}
