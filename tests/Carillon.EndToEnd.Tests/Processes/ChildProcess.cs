using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>
/// A process that does not outlive its test: it is killed when it is disposed of, and when the test run ends in
/// another way.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int ContinueSignal = 18;
    private const int StopSignal = 19;
    private static readonly ConcurrentDictionary<int, Process> Alive = new();
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    static ChildProcess()
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) =>
        {
            foreach (var process in Alive.Values)
            {
                KillIfAlive(process);
            }
        };
    }

    private ChildProcess(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>What it has written to standard output.</summary>
    public ProcessLog Output { get; } = new();

    /// <summary>What it has written to standard error.</summary>
    public ProcessLog Errors { get; } = new();

    /// <summary>Both, for messages.</summary>
    public string Tail => $"Output:\n{Output.Tail}\nErrors:\n{Errors.Tail}";

    public static ChildProcess Start(string program, IEnumerable<string> arguments, string directory)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        foreach (var name in start.Environment.Keys.Where(static key => key.StartsWith("CARILLON", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        Alive[process.Id] = process;
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => child.Errors.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        KillIfAlive(_process);
        await _process.WaitForExitAsync().WithinAsync($"process {Id} is gone after SIGKILL", KillLimit);
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync(TimeSpan limit)
    {
        Signal();
        return ExitAsync(limit);
    }

    /// <summary>Sends SIGTERM and does not wait.</summary>
    public void Signal()
    {
        Send(Terminate);
    }

    /// <summary>SIGSTOP: it does nothing more, and its connections stay.</summary>
    public void Suspend()
    {
        Send(StopSignal);
    }

    /// <summary>SIGCONT.</summary>
    public void Resume()
    {
        Send(ContinueSignal);
    }

    /// <summary>Waits for its end, and for the last line of what it wrote.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WithinAsync($"process {Id} ends", limit, () => Tail);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Alive.TryRemove(Id, out _);
        _process.Dispose();
    }

    private void Send(int signal)
    {
        if (Kill(Id, signal) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"signal {signal} did not reach process {Id}\n{Tail}");
        }
    }

    private static void KillIfAlive(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
