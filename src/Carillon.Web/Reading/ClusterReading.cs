using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web;

/// <summary>The whole cluster at one moment.</summary>
/// <param name="Snapshot">The statistics; every shard is accounted for.</param>
/// <param name="Jobs">Every job as last committed, in no particular order.</param>
/// <param name="Nodes">What the nodes say of themselves.</param>
/// <param name="At">When the gathering began: nothing in it is older.</param>
internal sealed record ClusterReading(
    ClusterSnapshot Snapshot, IReadOnlyList<Job> Jobs, NodeAnswers Nodes, DateTimeOffset At)
{
    private readonly Lazy<IReadOnlyList<JobRow>> _rows = new(() => JobRow.Join(Jobs, [.. Snapshot.Jobs, .. Snapshot.Sharing]));

    /// <summary>Every job with its statistics.</summary>
    public IReadOnlyList<JobRow> Rows => _rows.Value;
}
