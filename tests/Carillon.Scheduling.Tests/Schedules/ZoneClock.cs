namespace Carillon.Scheduling.Tests.Schedules;

/// <summary>
/// The wall clock of a zone, read minute by minute, with what becomes apparent from the reading alone: which times it
/// jumps over and which it shows again. It shares no code and no idea with the product.
/// </summary>
internal sealed class ZoneClock
{
    private readonly int[] _firstShown;

    public ZoneClock(string zoneId, DateTimeOffset from, DateTimeOffset to)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        From = from;
        Walls = new int[(int)(to - from).TotalMinutes];
        for (var minute = 0; minute < Walls.Length; minute++)
        {
            Walls[minute] = MinuteOf(TimeZoneInfo.ConvertTime(from.AddMinutes(minute), zone).DateTime);
        }

        // A day of room on either side: no zone here is further from UTC.
        FirstWall = MinuteOf(from.UtcDateTime) - 1440;
        _firstShown = new int[Walls.Length + 2880];
        Array.Fill(_firstShown, -1);
        Repeats = [];
        Gaps = [];
        for (var minute = 0; minute < Walls.Length; minute++)
        {
            Note(minute);
        }
    }

    /// <summary>The instant of minute 0.</summary>
    public DateTimeOffset From { get; }

    /// <summary>What the wall clock shows at each minute, as a minute since year 1.</summary>
    public int[] Walls { get; }

    /// <summary>The least wall-clock minute that may be shown.</summary>
    public int FirstWall { get; }

    /// <summary>Minutes at which the clock shows what it has shown before, with the minute at which it did.</summary>
    public Dictionary<int, int> Repeats { get; }

    /// <summary>Minutes before which the clock jumped, with the first wall-clock minute it left out.</summary>
    public Dictionary<int, int> Gaps { get; }

    public static int MinuteOf(DateTime wall) => (int)(wall.Ticks / TimeSpan.TicksPerMinute);

    private void Note(int minute)
    {
        var wall = Walls[minute];
        if (minute > 0 && wall > Walls[minute - 1] + 1)
        {
            Gaps.Add(minute, Walls[minute - 1] + 1);
        }

        ref var shown = ref _firstShown[wall - FirstWall];
        if (shown >= 0)
        {
            Repeats.Add(minute, shown);
        }
        else
        {
            shown = minute;
        }
    }
}
