using System.Text.Json;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling;
using Microsoft.Extensions.Logging;

namespace Carillon.Hosting;

/// <summary>
/// Makes the jobs that a node declares what it declares them to be, and pauses those that were declared once and are
/// no longer. Only a node that is alone pauses: others may declare what this one does not know.
/// </summary>
internal sealed partial class DeclaredJobsSync
{
    private const int Parallelism = 64;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenLooksOfStandby = TimeSpan.FromMilliseconds(500);

    private readonly IJobClient _jobs;
    private readonly IActorRef<object> _region;
    private readonly NodeDirectory _directory;
    private readonly string _nodeName;
    private readonly TimeProvider _time;
    private readonly ILogger _log;

    public DeclaredJobsSync(
        IJobClient jobs, IActorRef<object> region, NodeDirectory directory, string nodeName, TimeProvider time, ILogger<DeclaredJobsSync> log)
    {
        _jobs = jobs;
        _region = region;
        _directory = directory;
        _nodeName = nodeName;
        _time = time;
        _log = log;
    }

    /// <summary>Declares at once where this node answers for every job; a node that stands by does it when it takes over.</summary>
    public async Task RunAsync(IReadOnlyList<JobDefinition> declared, CancellationToken started, CancellationToken stopped)
    {
        var owned = await OwnedWhenAsync(
            static owned => owned is { ShardCount: > 0, IsOpening: false }, BetweenLooks, started);
        if (owned.IsComplete)
        {
            await DeclareAsync(declared, started);
            await PauseUndeclaredAsync(declared, started);
        }
        else
        {
            _ = DeclareLaterAsync(declared, stopped);
        }
    }

    private async Task DeclareLaterAsync(IReadOnlyList<JobDefinition> declared, CancellationToken cancellationToken)
    {
        try
        {
            await OwnedWhenAsync(static owned => owned.IsComplete, BetweenLooksOfStandby, cancellationToken);
            await DeclareAsync(declared, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The node leaves without ever having taken over.
        }
#pragma warning disable CA1031 // The supervision boundary of a task nobody waits for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(error, _nodeName);
        }
    }

    private async Task DeclareAsync(IReadOnlyList<JobDefinition> declared, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(declared, Options(cancellationToken), async (definition, token) => await PutAsync(definition, token));
        if (declared.Count > 0)
        {
            LogDeclared(_nodeName, declared.Count);
        }
    }

    private async Task PauseUndeclaredAsync(IReadOnlyList<JobDefinition> declared, CancellationToken cancellationToken)
    {
        if (_directory.Nodes.Values.Count(n => n.Status != NodeStatus.Dead) == 1)
        {
            var ids = declared.Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
            var undeclared = (await KnownAsync(cancellationToken)).Where(j => j is { Source: JobSource.Declared, Pause: null } && !ids.Contains(j.Id));
            await Parallel.ForEachAsync(undeclared, Options(cancellationToken), async (job, token) => await PauseAsync(job, token));
        }
    }

    private static ParallelOptions Options(CancellationToken cancellationToken)
    {
        return new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken };
    }

    /// <summary>The shards of this node, once they are what the caller needs.</summary>
    private async Task<OwnedShards> OwnedWhenAsync(Predicate<OwnedShards> isReady, TimeSpan betweenLooks, CancellationToken cancellationToken)
    {
        while (true)
        {
            var owned = await _region.AskAsync<object, OwnedShards>(replyTo => new ReadOwnedShards(replyTo), cancellationToken: cancellationToken);
            if (isReady(owned))
            {
                return owned;
            }

            await Task.Delay(betweenLooks, _time, cancellationToken);
        }
    }

    private async Task PutAsync(JobDefinition definition, CancellationToken cancellationToken)
    {
        var known = (await _jobs.FindAsync(definition.Id, cancellationToken)).Job;
        var isCurrent = known is { Source: JobSource.Declared }
            && known.Pause is not { IsUndeclared: true }
            && string.Equals(Text(known.Definition), Text(definition), StringComparison.Ordinal);
        if (isCurrent)
        {
            return;
        }

        var reply = await _jobs.PutAsync(definition, PutMode.CreateOrUpdate, JobSource.Declared, cancellationToken);
        if (reply.Status != JobReplyStatus.Done)
        {
            throw new InvalidOperationException($"job '{definition.Id}' could not be declared: {reply.Problem}");
        }
    }

    private async Task PauseAsync(Job job, CancellationToken cancellationToken)
    {
        await _jobs.PauseAsync(job.Id, Pause.Undeclared, _nodeName, cancellationToken: cancellationToken);
        LogUndeclared(job.Id);
    }

    private async Task<IEnumerable<Job>> KnownAsync(CancellationToken cancellationToken)
    {
        var owned = await OwnedWhenAsync(static owned => owned.IsComplete, BetweenLooks, cancellationToken);
        var lists = await Task.WhenAll(owned.Shards.Select(s =>
            s.Jobs.AskAsync<object, JobList>(replyTo => new ListJobs(replyTo), cancellationToken: cancellationToken)));
        return lists.SelectMany(l => l.Jobs);
    }

    private static string Text(JobDefinition definition)
    {
        return JsonSerializer.Serialize(definition);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} declares {Count} jobs.")]
    private partial void LogDeclared(string name, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Node {Name} has taken over and could not declare its jobs.")]
    private partial void LogFailed(Exception error, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} was declared once and is no longer; it is paused as undeclared.")]
    private partial void LogUndeclared(string jobId);
}
