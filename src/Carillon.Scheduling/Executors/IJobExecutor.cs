using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Runs one kind of <see cref="RunSpec"/>.</summary>
public interface IJobExecutor
{
    /// <summary>Whether this executor runs <paramref name="run"/>.</summary>
    bool CanRun(RunSpec run);

    /// <summary>Runs one attempt. Returning is success; throwing is failure.</summary>
    /// <param name="run">What to run.</param>
    /// <param name="context">The attempt.</param>
    /// <param name="cancellationToken">Cancelled on timeout, on a cancel request, and when the node shuts down.</param>
    Task ExecuteAsync(RunSpec run, JobContext context, CancellationToken cancellationToken);
}
