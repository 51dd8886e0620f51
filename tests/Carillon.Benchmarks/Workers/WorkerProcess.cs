using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Carillon.Benchmarks.Workers;

/// <summary>The coordinator's side of a worker process.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    /// <summary>The verb under which this program is a worker.</summary>
    public const string Verb = "worker";

    private const int ContinueSignal = 18;
    private const int StopSignal = 19;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly WorkerSpec _spec;

    private WorkerProcess(Process process, WorkerSpec spec)
    {
        _process = process;
        _spec = spec;
    }

    public int ProcessId => _process.Id;

    /// <summary>Carillon: where its web server listens.</summary>
    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_spec.Port}"));

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

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGSTOP: it does nothing more, and its connections stay.</summary>
    public void Suspend()
    {
        Signal(StopSignal);
    }

    /// <summary>SIGCONT.</summary>
    public void Resume()
    {
        Signal(ContinueSignal);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"signal {signal} did not reach the worker of {_spec.Kind}");
        }
    }

    private async Task<WorkerMark> AskAsync(string request)
    {
        await _process.StandardInput.WriteLineAsync(request);
        var answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience)
            ?? throw new InvalidOperationException($"the worker of {_spec.Kind} ended on '{request}'; its error is above");
        return JsonSerializer.Deserialize<WorkerMark>(answer)!;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
