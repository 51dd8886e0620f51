using System.Diagnostics;
using System.Globalization;
using System.Text;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Starts one process per attempt. Exit code 0 is success, any other a failure of type <c>exit N</c> with the end of
/// what it wrote to standard error. A cancellation ends the process and everything it started.
/// </summary>
public sealed class ProcessExecutor : IJobExecutor
{
    private const string OwnPrefix = "CARILLON_";
    private const int ErrorTail = 2_000;

    /// <summary>From asking the processes to end to killing them; shorter than the worker's patience.</summary>
    private static readonly TimeSpan TerminationGrace = TimeSpan.FromSeconds(2);

    /// <summary>How long output is waited for after the end: something the process left behind may hold it open.</summary>
    private static readonly TimeSpan OutputGrace = TimeSpan.FromSeconds(1);

    private readonly bool _isAllowed;
    private readonly Func<string, string?> _environment;
    private readonly TimeProvider _time;

    /// <summary>Makes an executor.</summary>
    /// <param name="isAllowed">Whether this node may start processes for jobs.</param>
    /// <param name="environment">Looks up <c>${?NAME}</c> in values of variables.</param>
    /// <param name="time">The clock of the graces.</param>
    public ProcessExecutor(bool isAllowed, Func<string, string?> environment, TimeProvider time)
    {
        _isAllowed = isAllowed;
        _environment = environment;
        _time = time;
    }

    /// <inheritdoc/>
    public bool CanRun(RunSpec run)
    {
        return run is ProcessRun;
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(RunSpec run, JobContext context, CancellationToken cancellationToken)
    {
        var spec = run as ProcessRun
            ?? throw new UnreachableException("A process executor was handed another kind of run.");
        if (!_isAllowed)
        {
            throw new RunFailedException(
                "process_refused",
                "this node starts no processes; add to its configuration: carillon.security.allow-process = declared");
        }

        if (spec.Directory is { } directory && !Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"run.directory '{directory}' is not there");
        }

        cancellationToken.ThrowIfCancellationRequested();
        var identity = AttemptIdentity.Of(context);
        using var process = Process.Start(StartInfo(spec, identity))
            ?? throw new UnreachableException("A new process was not started.");
        var tree = new ProcessTree(process, Marks(identity));
        var errors = new JobOutput(headLimit: 0, tailLimit: ErrorTail);
        using var reading = new CancellationTokenSource();
        var pipes = Task.WhenAll(
            CopyAsync(process.StandardOutput.BaseStream, [context.Output], reading.Token),
            CopyAsync(process.StandardError.BaseStream, [context.Output, errors], reading.Token),
            FeedAsync(process.StandardInput.BaseStream, context.Payload, reading.Token));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await tree.EndAsync(TerminationGrace, _time);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
        finally
        {
            await Task.WhenAny(pipes, Task.Delay(OutputGrace, _time, CancellationToken.None));
            await reading.CancelAsync();
            await pipes;
        }

        if (process.ExitCode != 0)
        {
            var code = process.ExitCode.ToString(CultureInfo.InvariantCulture);
            var message = errors.Text() ?? $"'{spec.Command}' ended with exit code {code}";
            throw new RunFailedException($"exit {code}", message);
        }
    }

    private ProcessStartInfo StartInfo(
        ProcessRun spec, IReadOnlyList<(string Header, string Variable, string Value)> identity)
    {
        string[] starter = ProcessTree.HasGroups ? [ProcessTree.GroupStarter, "--"] : [];
        string[] command = [.. starter, spec.Command, .. spec.Args];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.Directory ?? string.Empty,
        };

        // The node's own settings, which hold secrets, are written with this prefix, too.
        var own = start.Environment.Keys.Where(static n => n.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase));
        foreach (var name in own.ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in spec.Env)
        {
            start.Environment[name] = EnvironmentReference.Resolve(value, _environment);
        }

        foreach (var (_, variable, value) in identity)
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    /// <summary>What tells the processes of this attempt from all others: execution and fencing token.</summary>
    private static string[] Marks(IReadOnlyList<(string Header, string Variable, string Value)> identity)
    {
        return
        [
            .. identity.Where(static i => i.Variable is "CARILLON_EXECUTION" or "CARILLON_FENCING_TOKEN")
                .Select(static i => $"{i.Variable}={i.Value}"),
        ];
    }

    private static async Task CopyAsync(Stream from, JobOutput[] to, CancellationToken cancellationToken)
    {
        var buffer = new byte[8_192];
        try
        {
            await using (from)
            {
                while (await from.ReadAsync(buffer, cancellationToken) is var count and > 0)
                {
                    Array.ForEach(to, output => output.Write(buffer.AsSpan(0, count)));
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // What is left belongs to a process that outlives the one that was started.
        }
    }

    private static async Task FeedAsync(Stream input, string? payload, CancellationToken cancellationToken)
    {
        try
        {
            await using (input)
            {
                await input.WriteAsync(Encoding.UTF8.GetBytes(payload ?? string.Empty), cancellationToken);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            // Nothing says that a process must read its input.
        }
    }
}
