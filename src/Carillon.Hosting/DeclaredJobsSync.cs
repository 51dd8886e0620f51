using System.Text.Json;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>Makes the jobs that a node declares what it declares them to be.</summary>
internal sealed partial class DeclaredJobsSync(IJobClient jobs, string nodeName, ILogger<DeclaredJobsSync> log)
{
    private readonly ILogger _log = log;

    public async Task RunAsync(IReadOnlyList<JobDefinition> declared, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            declared,
            new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken },
            async (definition, token) => await PutAsync(definition, token));
        if (declared.Count > 0)
        {
            LogDeclared(nodeName, declared.Count);
        }
    }

    private async Task PutAsync(JobDefinition definition, CancellationToken cancellationToken)
    {
        var known = await jobs.FindAsync(definition.Id, cancellationToken);
        if (known.Job is { Source: JobSource.Declared } job && string.Equals(Text(job.Definition), Text(definition), StringComparison.Ordinal))
        {
            return;
        }

        var reply = await jobs.PutAsync(definition, PutMode.CreateOrUpdate, JobSource.Declared, cancellationToken);
        if (reply.Status != JobReplyStatus.Done)
        {
            throw new InvalidOperationException($"job '{definition.Id}' could not be declared: {reply.Problem}");
        }
    }

    private static string Text(JobDefinition definition)
    {
        return JsonSerializer.Serialize(definition);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} declares {Count} jobs.")]
    private partial void LogDeclared(string name, int count);
}
