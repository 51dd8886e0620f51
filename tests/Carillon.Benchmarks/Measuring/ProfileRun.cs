using Carillon.Benchmarks.Results;
using Carillon.Benchmarks.Workers;

namespace Carillon.Benchmarks.Measuring;

/// <summary>Measures once which threads the processor time of an execution goes to.</summary>
internal static class ProfileRun
{
    public static async Task<Run> MeasureAsync(Sandbox sandbox, WorkerSpec template, TimeSpan length)
    {
        return await sandbox.WithWorkersAsync(template, async (spec, workers) =>
        {
            var dueAt = await workers.BeginAsync();
            await Task.Delay(dueAt + SteadyRun.WarmUp - DateTimeOffset.UtcNow);
            var worker = workers.Workers[0].ProcessId;
            var (from, server, threads) = (await workers.MarkAsync(), Processors.OfTree(sandbox.ServerProcess!.Value), ThreadTimes.Of(worker));
            await Task.Delay(length);
            var (to, serverThen, threadsThen) = (await workers.MarkAsync(), Processors.OfTree(sandbox.ServerProcess!.Value), ThreadTimes.Of(worker));
            await workers.StopAsync();
            double executions = to.Executions - from.Executions;
            var values = new Dictionary<string, double>(StringComparer.Ordinal) { [Measures.Rate] = executions / length.TotalSeconds };
            foreach (var (measure, seconds) in threads)
            {
                values[measure] = (threadsThen[measure] - seconds) / executions * 1e6;
            }

            values[Measures.OfServer] = (serverThen - server) / executions * 1e6;
            values[Measures.GarbagePause] = (to.GarbagePauses - from.GarbagePauses) / length * 100;
            return new Run(values);
        });
    }
}
