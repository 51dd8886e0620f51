using Carillon.Model;

namespace Carillon.Cluster.Tests.Shards;

/// <summary>A log whose appends end when and how the test says.</summary>
internal sealed class ScriptedShardLog : IShardLog
{
    private static readonly IReadOnlySet<int> None = new HashSet<int>();
    private readonly Queue<TaskCompletionSource<IReadOnlySet<int>>> _inFlight = new();

    public List<AppendBatch> Batches { get; } = [];

    public int InFlight => _inFlight.Count;

    public Task<IReadOnlySet<int>> AppendAsync(AppendBatch batch)
    {
        Batches.Add(batch);
        var completion = new TaskCompletionSource<IReadOnlySet<int>>();
        _inFlight.Enqueue(completion);
        return completion.Task;
    }

    public Task<IReadOnlyList<ShardRecovery>> LoadAsync(IReadOnlyList<ShardTerm> terms, CancellationToken cancellationToken)
    {
        throw new NotSupportedException("The writer reads nothing.");
    }

    public void Commit(params int[] fenced)
    {
        _inFlight.Dequeue().SetResult(fenced.Length == 0 ? None : fenced.ToHashSet());
    }

    public void Fail(Exception cause)
    {
        _inFlight.Dequeue().SetException(cause);
    }
}
