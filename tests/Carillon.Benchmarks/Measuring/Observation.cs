using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Everything that is counted during a run, at one moment. Two of them make a window.</summary>
internal sealed record Observation
{
    public required DateTimeOffset At { get; init; }

    public required WorkerMark Mark { get; init; }

    public required DatabaseCounts Database { get; init; }

    /// <summary>Processor seconds of the workers.</summary>
    public required double Workers { get; init; }

    /// <summary>Processor seconds of the PostgreSQL server with all its backends.</summary>
    public required double Server { get; init; }

    /// <summary>Processor seconds of the whole machine, less this program, the workers and the server.</summary>
    public required double Others { get; init; }

    public static async Task<Observation> TakeAsync(WorkerGroup workers, Sandbox sandbox, WorkerSpec spec, bool withLags = false)
    {
        var mark = await workers.MarkAsync(withLags);
        var at = DateTimeOffset.UtcNow;
        var ofWorkers = workers.Workers.Sum(static worker => Processors.Of(worker.ProcessId));
        var ofServer = sandbox.ServerProcess is { } server ? Processors.OfTree(server) : 0;
        var others = Processors.Busy() - ofWorkers - ofServer - Processors.Of(Environment.ProcessId);
        return new Observation
        {
            At = at,
            Mark = mark,
            Database = await DatabaseCounts.ReadAsync(spec),
            Workers = ofWorkers,
            Server = ofServer,
            Others = others,
        };
    }
}
