namespace Carillon.Hosting;

/// <summary>The keys under <c>carillon.cluster</c>.</summary>
public sealed class ClusterOptions
{
    /// <summary>The cluster's name; a store belongs to one cluster. Default: <c>carillon</c>.</summary>
    public string Name { get; set; } = "carillon";

    /// <summary>How many shards jobs are spread over; fixed when the store is made. Default: 256; 1 to 4,096.</summary>
    public int Shards { get; set; } = 256;

    /// <summary>How often the lease is renewed. Default: 1 s; 100 ms to a third of <see cref="Lease"/>.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a node that is not heard of keeps its shards. Default: 6 s; 3 s to 5 min.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>What nodes of a cluster prove themselves with; at least 32 characters. Default: none.</summary>
    public string? Secret { get; set; }
}
