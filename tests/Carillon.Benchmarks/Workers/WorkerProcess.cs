using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Carillon.Benchmarks.Workers;

/// <summary>The coordinator's side of a worker process.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>The verb under which this program is a worker.</summary>
    public const string Verb = "worker";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly WorkerSpec _spec;

    private WorkerProcess(Process process, WorkerSpec spec)
    {
        _process = process;
        _spec = spec;
    }

    public int ProcessId => _process.Id;

    /// <summary>Starts a worker and waits until its workload is ready.</summary>
    public static async Task<WorkerProcess> StartAsync(WorkerSpec spec)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program, isHost ? [typeof(WorkerProcess).Assembly.Location, Verb] : [Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var worker = new WorkerProcess(Process.Start(start)!, spec);
        try
        {
            await worker._process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(spec));
            await worker.AskAsync(WorkerHost.Prepare);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets the load begin.</summary>
    /// <param name="dueAt">When the first occurrences are due.</param>
    public Task BeginAsync(DateTimeOffset dueAt)
    {
        return AskAsync(string.Create(CultureInfo.InvariantCulture, $"{WorkerHost.Begin} {dueAt.UtcTicks}"));
    }

    public Task<WorkerMark> MarkAsync(bool withLags = false)
    {
        return AskAsync(withLags ? WorkerHost.MarkWithLags : WorkerHost.Mark);
    }

    public Task StopAsync()
    {
        return AskAsync(WorkerHost.Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<WorkerMark> AskAsync(string request)
    {
        await _process.StandardInput.WriteLineAsync(request);
        var answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"the worker of {_spec.Kind} ended on '{request}'; its error is above");
        return JsonSerializer.Deserialize<WorkerMark>(answer)!;
    }
}
