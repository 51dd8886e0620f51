using Carillon.Metrics;
using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>The whole cluster at one moment.</summary>
/// <param name="Snapshot">The statistics; every shard is accounted for.</param>
/// <param name="Jobs">Every job as last committed, in no particular order.</param>
/// <param name="Worker">The worker of this node.</param>
/// <param name="At">When the gathering began: nothing in it is older.</param>
internal sealed record ClusterReading(
    ClusterSnapshot Snapshot, IReadOnlyList<Job> Jobs, WorkerState Worker, DateTimeOffset At)
{
    private readonly Lazy<IReadOnlyList<JobRow>> _rows = new(() => JobRow.Join(Jobs, [.. Snapshot.Jobs, .. Snapshot.Sharing]));

    /// <summary>Every job with its statistics.</summary>
    public IReadOnlyList<JobRow> Rows => _rows.Value;
}
