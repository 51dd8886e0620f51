using Carillon.Cluster;

namespace Carillon.Web;

/// <summary>How long ago things were, never negative: clocks of different nodes differ.</summary>
internal static class Ages
{
    /// <summary>The age of an instant; zero where there is none.</summary>
    public static TimeSpan Of(DateTimeOffset? instant, DateTimeOffset now)
    {
        return instant is { } at && now > at ? now - at : TimeSpan.Zero;
    }

    /// <summary>How long ago a node last renewed its lease.</summary>
    public static TimeSpan OfHeartbeat(NodeRow node, Lease lease, DateTimeOffset now)
    {
        return Of(node.LeaseUntil - lease.Duration, now);
    }
}
