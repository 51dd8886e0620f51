using Carillon.Testing;

namespace Carillon.Benchmarks.Workers;

/// <summary>The worker processes of one contender, which are one cluster; usually there is one.</summary>
internal sealed class WorkerGroup : IAsyncDisposable
{
    private readonly WorkerSpec _spec;
    private readonly List<WorkerProcess> _workers = [];

    private WorkerGroup(WorkerSpec spec)
    {
        _spec = spec;
    }

    /// <summary>The processes, the one that makes the jobs first.</summary>
    public IReadOnlyList<WorkerProcess> Workers => _workers;

    /// <summary>Starts as many workers as the specification asks for, one after the other, and waits until all are ready.</summary>
    public static async Task<WorkerGroup> StartAsync(WorkerSpec spec)
    {
        var group = new WorkerGroup(spec);
        try
        {
            for (var node = 0; node < spec.Nodes; node++)
            {
                group._workers.Add(await WorkerProcess.StartAsync(spec with { Node = node, Port = LoopbackPort.Free() }));
            }

            await ShardSpread.IsEvenAsync(spec);
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the load begin.</summary>
    /// <returns>When the first occurrences are due.</returns>
    public async Task<DateTimeOffset> BeginAsync()
    {
        // Time to make the jobs and to let the making settle, on nodes whose code is not compiled hot yet.
        var each = TimeSpan.FromMilliseconds(_spec.Kind == WorkloadKind.Quartz ? 1 : 0.2);
        var ahead = TimeSpan.FromSeconds(1 + (2 * _spec.Nodes)) + (each * _spec.Jobs);
        var dueAt = DateTimeOffset.UtcNow + ahead;
        dueAt = new DateTimeOffset(dueAt.UtcTicks - (dueAt.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        foreach (var worker in _workers)
        {
            await worker.BeginAsync(dueAt);
        }

        return DateTimeOffset.UtcNow < dueAt
            ? dueAt
            : throw new InvalidOperationException($"{_spec.Kind} took longer than {ahead} to get {_spec.Jobs} jobs ready; run it on a quieter machine");
    }

    /// <summary>What all have done so far.</summary>
    public async Task<WorkerMark> MarkAsync(bool withLags = false)
    {
        return WorkerMark.Sum(await Task.WhenAll(_workers.Select(worker => worker.MarkAsync(withLags))));
    }

    /// <summary>Ends the work of all.</summary>
    public Task StopAsync()
    {
        return Task.WhenAll(_workers.Select(static worker => worker.StopAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.DisposeAsync();
        }
    }
}
