using System.Diagnostics;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Runs code registered in <see cref="JobClasses"/>.</summary>
public sealed class ClassExecutor(JobClasses classes) : IJobExecutor
{
    /// <inheritdoc/>
    public bool CanRun(RunSpec run)
    {
        return run is ClassRun;
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(RunSpec run, JobContext context, CancellationToken cancellationToken)
    {
        var name = (run as ClassRun)?.Class ?? throw new UnreachableException("A class executor was handed another kind of run.");
        var execute = classes.Find(name)
            ?? throw new InvalidOperationException($"class '{name}' is not registered on this node; registered are: {string.Join(", ", classes.Names)}");
        return execute(context, cancellationToken);
    }
}
