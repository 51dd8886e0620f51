using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>The whole cluster at one moment.</summary>
/// <param name="Snapshot">The statistics; every shard is accounted for.</param>
/// <param name="Jobs">Every job as last committed, in no particular order.</param>
/// <param name="Nodes">What the nodes say of themselves.</param>
/// <param name="Owners">The name of the node that looks after each shard, as last read; null where none is known.</param>
/// <param name="At">When the gathering began: nothing in it is older.</param>
internal sealed record ClusterReading(
    ClusterSnapshot Snapshot, IReadOnlyList<Job> Jobs, NodeAnswers Nodes, IReadOnlyList<string?> Owners, DateTimeOffset At)
{
    private readonly Lazy<IReadOnlyList<JobRow>> _rows = new(() => JobRow.Join(Jobs, [.. Snapshot.Jobs, .. Snapshot.Sharing]));

    /// <summary>Every job with its statistics.</summary>
    public IReadOnlyList<JobRow> Rows => _rows.Value;

    /// <summary>The node that looks after a job, or null.</summary>
    public string? OwnerOf(string jobId)
    {
        return Owners.Count == 0 ? null : Owners[ShardHash.Of(jobId, Owners.Count)];
    }
}
