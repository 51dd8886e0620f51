using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Works out what happened between two observations.</summary>
internal static class Window
{
    /// <summary>
    /// The values of a window. An execution counts when the store says that it ended in it; where the store keeps none,
    /// when the scheduler said so.
    /// </summary>
    public static Task<Dictionary<string, double>> ValuesAsync(WorkerSpec spec, Observation from, Observation to)
    {
        return ValuesAsync(spec, from, to, from.At, to.At);
    }

    /// <summary>The same where the work itself began and ended at other moments than the observations.</summary>
    public static async Task<Dictionary<string, double>> ValuesAsync(
        WorkerSpec spec, Observation from, Observation to, DateTimeOffset began, DateTimeOffset ended)
    {
        var seconds = (to.At - from.At).TotalSeconds;
        double told = to.Mark.Executions - from.Mark.Executions;
        double? recorded = spec.Kind is WorkloadKind.Carillon or WorkloadKind.Quartz
            ? await RecordedExecutions.CountAsync(spec, began, ended)
            : told;
        var executions = spec.Kind == WorkloadKind.Quartz ? told : recorded ?? told;
        var processor = to.Workers - from.Workers + to.Server - from.Server;
        var values = new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.Rate] = executions / (ended - began).TotalSeconds,
            [Measures.ProcessorPerExecution] = processor / executions * 1e6,
            [Measures.WorkerCores] = (to.Workers - from.Workers) / seconds,
            [Measures.AllocatedPerExecution] = (to.Mark.AllocatedBytes - from.Mark.AllocatedBytes) / executions,
            [Measures.GarbagePause] = (to.Mark.GarbagePauses - from.Mark.GarbagePauses).TotalSeconds / seconds * 100,
            [Measures.OtherCores] = (to.Others - from.Others) / seconds,
        };
        if (recorded is { } rows)
        {
            values[Measures.RecordedRate] = rows / (ended - began).TotalSeconds;
        }

        if (spec.ConnectionString is not null)
        {
            values[Measures.ServerCores] = (to.Server - from.Server) / seconds;
            values[Measures.WalPerExecution] = (to.Database.WalBytes - from.Database.WalBytes) / executions;
            values[Measures.CommitsPerExecution] = (to.Database.Commits - from.Database.Commits) / executions;
            values[Measures.RowWritesPerExecution] = (to.Database.RowWrites - from.Database.RowWrites) / executions;
        }

        AddLags(values, new Percentiles(to.Mark.Lags));
        return values;
    }

    private static void AddLags(Dictionary<string, double> values, Percentiles lags)
    {
        if (lags.Count > 0)
        {
            values[Measures.LagP50] = lags.At(0.5);
            values[Measures.LagP95] = lags.At(0.95);
            values[Measures.LagP99] = lags.At(0.99);
            values[Measures.LagMax] = lags.At(1);
        }
    }
}
