using System.Collections.Concurrent;

namespace Carillon.Scheduling.Schedules;

/// <summary>
/// The offset changes of one time zone, in order. They are measured from the offsets that TimeZoneInfo reports, not
/// derived from its adjustment rules: half-hour and negative daylight saving and moved date lines need no special case.
/// </summary>
/// <remarks>Of changes on the same UTC day only one is seen, and none when they cancel out.</remarks>
internal sealed class ZoneTimeline
{
    // A power of two: a year's slot is found by a mask. Years that share a slot evict each other.
    private const int CachedYears = 64;

    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    // Entries of the zone directory that are not IANA ids: these mean something else on each machine, and right/* count
    // leap seconds.
    private static readonly HashSet<string> OtherEntries = new(StringComparer.OrdinalIgnoreCase)
    {
        "localtime", "posixrules",
    };

    private static readonly ConcurrentDictionary<string, ZoneTimeline> Known = new(StringComparer.OrdinalIgnoreCase);

    private readonly TimeZoneInfo _zone;
    private readonly Year?[] _years = new Year?[CachedYears];

    private ZoneTimeline(TimeZoneInfo zone)
    {
        _zone = zone;
    }

    /// <summary>
    /// The timeline of an IANA zone, or null when the zone is not known. Unknown ids are not remembered.
    /// </summary>
    public static ZoneTimeline? Find(string? id)
    {
        if (string.IsNullOrEmpty(id) || OtherEntries.Contains(id) || id.StartsWith("right/", IgnoreCase))
        {
            return null;
        }

        if (Known.TryGetValue(id, out var timeline))
        {
            return timeline;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? Known.GetOrAdd(id, new ZoneTimeline(zone))
            : null;
    }

    /// <summary>The segment that holds an instant, cut at the turn of the UTC year.</summary>
    /// <param name="instant">A UTC instant within the years 2 to 9998.</param>
    public ZoneSegment SegmentAt(DateTime instant)
    {
        ref var slot = ref _years[instant.Year & (CachedYears - 1)];
        var year = Volatile.Read(ref slot);
        if (year is null || year.Number != instant.Year)
        {
            year = new Year(instant.Year, Measure(instant.Year));
            Volatile.Write(ref slot, year);
        }

        var index = 0;
        while (instant >= year.Segments[index].End)
        {
            index++;
        }

        return year.Segments[index];
    }

    private ZoneSegment[] Measure(int year)
    {
        var start = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var end = start.AddYears(1);
        var offset = _zone.GetUtcOffset(start);
        var before = _zone.GetUtcOffset(start.AddSeconds(-1));
        var segments = new List<ZoneSegment>();
        for (var day = start; day < end; day = day.AddDays(1))
        {
            var after = _zone.GetUtcOffset(day.AddDays(1));
            if (after == offset)
            {
                continue;
            }

            var change = FirstSecondWith(after, day, day.AddDays(1));
            if (change >= end)
            {
                break;
            }

            segments.Add(new ZoneSegment(start, change, offset, before, after));
            (start, before, offset) = (change, offset, after);
        }

        segments.Add(new ZoneSegment(start, end, offset, before, _zone.GetUtcOffset(end)));
        return [.. segments];
    }

    private DateTime FirstSecondWith(TimeSpan offset, DateTime without, DateTime with)
    {
        while (with - without > TimeSpan.FromSeconds(1))
        {
            var middle = without.AddSeconds(Math.Floor((with - without).TotalSeconds / 2));
            (without, with) = _zone.GetUtcOffset(middle) == offset ? (without, middle) : (middle, with);
        }

        return with;
    }

    private sealed record Year(int Number, ZoneSegment[] Segments);
}
