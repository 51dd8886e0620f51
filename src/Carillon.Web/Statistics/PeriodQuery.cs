using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>The period that a question about the past is about.</summary>
internal static class PeriodQuery
{
    /// <summary>The longest period.</summary>
    public static readonly TimeSpan MaxLength = TimeSpan.FromDays(3_660);

    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(3000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan DefaultLength = TimeSpan.FromDays(1);

    /// <summary>Where the period begins.</summary>
    public static readonly QueryParameter From = new("from", "Where the period begins. Default: 24 hours before to.");

    /// <summary>Where the period ends.</summary>
    public static readonly QueryParameter To = new("to", "Where the period ends, exclusive. Default: now.");

    /// <summary>Whether the period before is told too.</summary>
    public static readonly QueryParameter Compare = new("compare", "previous: with the period of the same length before.");

    /// <summary>Reads from and to.</summary>
    /// <exception cref="RequestException">400.</exception>
    public static (DateTimeOffset From, DateTimeOffset To) Read(QueryFields query, DateTimeOffset now)
    {
        var to = Instant(query, "to") ?? now;
        var from = Instant(query, "from") ?? to - DefaultLength;
        if (from > to)
        {
            throw QueryFields.Refused("from", InstantText.Format(from), $"an instant up to to, {InstantText.Format(to)}");
        }

        return to - from <= MaxLength
            ? (from, to)
            : throw QueryFields.Refused("from", InstantText.Format(from), $"at most {MaxLength.TotalDays:0} days before to");
    }

    /// <summary>Reads from and to, rounded to what is kept.</summary>
    /// <exception cref="RequestException">400.</exception>
    public static StatisticsPeriod Read(ApiRequest request)
    {
        var (from, to) = Read(request.Query, request.Node.Clock.Now());
        return StatisticsPeriod.Covering(from, to, MinutesSince(request.Node));
    }

    private static DateTimeOffset? Instant(QueryFields query, string name)
    {
        return query.Instant(name) is not { } instant || (instant >= Earliest && instant <= Latest)
            ? query.Instant(name)
            : throw QueryFields.Refused(name, query.Text(name)!, "an instant from 1980 to 2999");
    }

    /// <summary>Since when figures per minute are kept, with an hour to spare for their removal.</summary>
    public static DateTimeOffset MinutesSince(NodeContext node)
    {
        return node.Clock.Now() - node.Retention.MinuteRollups + TimeSpan.FromHours(1);
    }

    /// <summary>Whether the period before is asked for.</summary>
    /// <exception cref="RequestException">400.</exception>
    public static bool IsCompared(QueryFields query)
    {
        return query.Text("compare") switch
        {
            null => false,
            "previous" => true,
            var other => throw QueryFields.Refused("compare", other, "previous"),
        };
    }
}
