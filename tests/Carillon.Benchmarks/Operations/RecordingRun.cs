using System.Diagnostics;
using Carillon.Benchmarks.Results;
using Carillon.Metrics;

namespace Carillon.Benchmarks.Operations;

/// <summary>Measures one way of recording once.</summary>
internal static class RecordingRun
{
    private const int Threads = 8;
    private const int Batch = 1_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);

    /// <summary>Every way of recording, the cheapest first.</summary>
    public static IReadOnlyList<(string Name, Func<OperationRecorder, Action<TimeSpan>> Of)> Ways { get; } =
    [
        ("an uncontended lock and an increment", static _ => Locked()),
        ("recording is off", static _ => ByName(new OperationRecorder(new OperationRecorderOptions { IsEnabled = false }, TimeProvider.System))),
        (Bound, static recorder => recorder.Bind("plan", ("tenant", "acme"), ("tier", "gold"), ("region", "eu")).Record),
        ("by name", static recorder => latency => recorder.Record("plan", latency)),
        (Named, ByName),
        ("by name, 3 labels, a failure", static recorder => latency =>
            recorder.RecordFailure("plan", latency, "TimeoutException", ("tenant", "acme"), ("tier", "gold"), ("region", "eu"))),
    ];

    public const string Bound = "bound";

    public const string Named = "by name, 3 labels";

    public static Run Measure(Func<OperationRecorder, Action<TimeSpan>> of, TimeSpan window)
    {
        var record = of(new OperationRecorder(new OperationRecorderOptions(), TimeProvider.System));
        Repeat(record, WarmUp);
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var records = Repeat(record, window);
        var nanoseconds = watch.Elapsed.TotalNanoseconds;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new Run(new Dictionary<string, double>(StringComparer.Ordinal)
        {
            [Measures.RecordNanoseconds] = nanoseconds / records,
            [Measures.AllocatedPerRecord] = bytes / (double)records,
            [Measures.RecordRate] = ManyThreads(record, window),
        });
    }

    private static double ManyThreads(Action<TimeSpan> record, TimeSpan window)
    {
        var records = 0L;
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() => Interlocked.Add(ref records, Repeat(record, window)))).ToList();
        var watch = Stopwatch.StartNew();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());
        return records / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Latencies as calls have them: most alike, some far off.</summary>
    private static long Repeat(Action<TimeSpan> record, TimeSpan window)
    {
        var records = 0L;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < window)
        {
            for (var i = 0; i < Batch; i++)
            {
                record(TimeSpan.FromTicks(20_000 + (i * 37)));
            }

            records += Batch;
        }

        return records;
    }

    private static Action<TimeSpan> ByName(OperationRecorder recorder)
    {
        return latency => recorder.Record("plan", latency, ("tenant", "acme"), ("tier", "gold"), ("region", "eu"));
    }

    private static Action<TimeSpan> Locked()
    {
        var gate = new Lock();
        var count = 0L;
        return _ =>
        {
            lock (gate)
            {
                count++;
            }
        };
    }
}
