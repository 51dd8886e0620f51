using Carillon.Model;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>What a cron schedule or a rule does with times that its zone skips or repeats, in words.</summary>
/// <param name="pattern">The wall-clock times of the schedule.</param>
/// <param name="zone">Their zone.</param>
/// <param name="dst">The policy.</param>
internal sealed class DstDecisions(IWallPattern pattern, ZoneTimeline zone, DstPolicy dst)
{
    private string Policy => $"(dst = {dst.ToString().ToLowerInvariant()})";

    /// <summary>The decision that made an instant an occurrence, or null when its time is shown once.</summary>
    public string? About(DateTime instant)
    {
        foreach (var change in ClockChange.Around(zone, instant))
        {
            if (change.IsForward)
            {
                if (instant == change.At && dst != DstPolicy.Skip && Affected(change) is { } missing)
                {
                    return Forward(change, missing);
                }
            }
            else if (instant >= change.At + (change.WallAfter - change.WallBefore)
                && instant < change.At + (change.WallBefore - change.WallAfter))
            {
                var isSecond = instant >= change.At;
                var wall = instant + (isSecond ? change.WallAfter - change.At : change.WallBefore - change.At);
                return $"{WallTimes.TimeText(wall)} comes twice {change}: this is the "
                    + $"{(isSecond ? "second" : "first")} time {Policy}";
            }
        }

        return null;
    }

    /// <summary>What a change of the clocks does to the schedule, or null when it does nothing.</summary>
    public string? Effect(ClockChange change) => Affected(change) switch
    {
        null => null,
        var missing when change.IsForward => Forward(change, missing),
        var repeated => Back(change, repeated, dst switch
        {
            DstPolicy.Both => "runs both times",
            DstPolicy.Last => "runs the second time only",
            _ => "runs the first time only",
        }),
    };

    /// <summary>The times that do not run because of a change, or null when all do.</summary>
    public ExplainedOccurrence? Dropped(ClockChange change)
    {
        if (dst == DstPolicy.Both || (change.IsForward && dst != DstPolicy.Skip) || Affected(change) is not { } times)
        {
            return null;
        }

        if (change.IsForward)
        {
            var text = LocalTime.Missing(times.First);
            return new ExplainedOccurrence(null, text, Runs: false, times.Count, Forward(change, times));
        }

        var (offset, which) = dst == DstPolicy.Last
            ? (change.WallBefore - change.At, "does not run the first time")
            : (change.WallAfter - change.At, "does not run the second time");
        var at = new DateTimeOffset(times.First, offset);
        return new ExplainedOccurrence(
            at.ToUniversalTime(), LocalTime.Of(at), Runs: false, times.Count, Back(change, times, which));
    }

    private WallTimes? Affected(ClockChange change) => change.IsForward
        ? WallTimes.In(pattern, change.WallBefore, change.WallAfter)
        : WallTimes.In(pattern, change.WallAfter, change.WallBefore);

    private string Forward(ClockChange change, WallTimes missing)
    {
        var (exist, run) = missing.Count == 1
            ? ("does not exist", "it does not run")
            : ("do not exist", "they do not run");
        if (dst != DstPolicy.Skip)
        {
            var isDue = pattern.AtOrAfter(change.WallAfter) == change.WallAfter;
            run = (missing.Count == 1 ? "it runs at " : "they run once, at ") + WallTimes.TimeText(change.WallAfter)
                + (isDue ? ", which is due as well" : string.Empty);
        }

        return $"{missing.Text} {exist} {change}: {run} {Policy}";
    }

    private string Back(ClockChange change, WallTimes repeated, string which)
    {
        return $"{repeated.Text} {(repeated.Count == 1 ? "comes" : "come")} twice {change}: {which} {Policy}";
    }
}
