using System.Globalization;
using System.Text.Json;

namespace Carillon.Benchmarks.Workers;

/// <summary>A worker process: it takes one request a line from standard input and answers each with a <see cref="WorkerMark"/>.</summary>
internal static class WorkerHost
{
    /// <summary>Makes the workload ready.</summary>
    public const string Prepare = "prepare";

    /// <summary>Starts the load; followed by the UTC ticks at which the first occurrences are due.</summary>
    public const string Begin = "begin";

    /// <summary>Asks for the counts.</summary>
    public const string Mark = "mark";

    /// <summary>Asks for the counts and the lags.</summary>
    public const string MarkWithLags = "lags";

    /// <summary>Ends the work.</summary>
    public const string Stop = "stop";

    /// <summary>Serves requests until standard input ends, so that a worker never outlives its coordinator.</summary>
    public static async Task<int> RunAsync()
    {
        ThreadPool.SetMinThreads(16, 16);
        var line = await Console.In.ReadLineAsync() ?? throw new InvalidOperationException("the worker got no specification");
        var spec = JsonSerializer.Deserialize<WorkerSpec>(line)!;
        using var trace = spec.TraceDirectory is { } directory ? new ExecutionTrace(directory, spec.Node) : null;
        var recorder = new ExecutionRecorder(trace);
        await using var workload = Create(spec, recorder);
        while (await Console.In.ReadLineAsync() is { } request)
        {
            var words = request.Split(' ');
            await ServeAsync(workload, words);
            var mark = recorder.Mark(await workload.CountWaitingAsync(), withLags: words[0] == MarkWithLags);
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(mark));
        }

        return 0;
    }

    private static Task ServeAsync(IWorkload workload, string[] words)
    {
        return words[0] switch
        {
            Prepare => workload.PrepareAsync(),
            Begin => workload.BeginAsync(new DateTimeOffset(long.Parse(words[1], CultureInfo.InvariantCulture), TimeSpan.Zero)),
            Stop => workload.StopAsync(),
            _ => Task.CompletedTask,
        };
    }

    private static IWorkload Create(WorkerSpec spec, ExecutionRecorder recorder)
    {
        return spec.Kind switch
        {
            WorkloadKind.Carillon => new CarillonWorkload(spec, recorder),
            WorkloadKind.Quartz => new QuartzWorkload(spec, recorder),
            WorkloadKind.PostgresAppend => new PostgresAppendWorkload(spec, recorder),
            WorkloadKind.PostgresFloor => new PostgresFloorWorkload(spec, recorder),
            WorkloadKind.SqliteFloor => new SqliteFloorWorkload(spec, recorder),
            _ => throw new ArgumentOutOfRangeException(nameof(spec), spec.Kind, "no such workload"),
        };
    }
}
