using System.Globalization;
using Carillon.Scheduling.Schedules;

namespace Carillon.Scheduling.Explanations;

/// <summary>The times of a pattern in a stretch of wall-clock time.</summary>
/// <param name="First">The first one.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Text">All of them in words.</param>
internal sealed record WallTimes(DateTime First, int Count, string Text)
{
    private const int MostListed = 4;

    /// <summary>The times in [from, to), or null when there are none.</summary>
    public static WallTimes? In(IWallPattern pattern, DateTime from, DateTime to)
    {
        var listed = new List<string>();
        var (count, last) = (0, from);
        for (var next = pattern.AtOrAfter(from); next < to; next = pattern.AtOrAfter(last.AddTicks(1)))
        {
            last = next.Value;
            count++;
            if (listed.Count < MostListed)
            {
                listed.Add(TimeText(last));
            }
        }

        if (count == 0)
        {
            return null;
        }

        var text = count <= MostListed
            ? Words.List(listed)
            : string.Create(CultureInfo.InvariantCulture, $"{listed[0]} to {TimeText(last)} ({count} times)");
        return new WallTimes(pattern.AtOrAfter(from)!.Value, count, text);
    }

    /// <summary>The time of day, with seconds where there are any.</summary>
    public static string TimeText(DateTime wall) =>
        wall.ToString(wall.Second == 0 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture);
}
