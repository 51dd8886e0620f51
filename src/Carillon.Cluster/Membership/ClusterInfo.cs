namespace Carillon.Cluster;

/// <summary>The cluster row: what every node of a cluster must agree on.</summary>
public sealed record ClusterInfo
{
    /// <summary>The cluster's name. Default: <c>carillon</c>.</summary>
    public string Name { get; init; } = "carillon";

    /// <summary>How many shards the jobs are spread over. Default: 256; fixed when the store is made.</summary>
    public int ShardCount { get; init; } = 256;

    /// <summary><see cref="Model.ShardHash.Version"/> of the code that laid the store out.</summary>
    public int HashVersion { get; init; } = Model.ShardHash.Version;

    /// <summary>The generation of the statistics when the row was read.</summary>
    public required StatisticsGeneration Generation { get; init; }
}
