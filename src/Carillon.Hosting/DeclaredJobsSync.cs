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
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

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

    /// <summary>Declares before the node is up where it owns every job; else, while it is, through the owners.</summary>
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
            while (!await TryDeclareAsync(declared, cancellationToken))
            {
                await Task.Delay(BetweenTries, _time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The node leaves before it could reach every owner.
        }
#pragma warning disable CA1031 // The supervision boundary of a task nobody waits for.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(error, _nodeName);
        }
    }

    private async Task<bool> TryDeclareAsync(IReadOnlyList<JobDefinition> declared, CancellationToken cancellationToken)
    {
        try
        {
            await DeclareAsync(declared, cancellationToken);
            return true;
        }
        catch (Exception error) when (error is TimeoutException or ActorUnavailableException)
        {
            LogLater(error.Message);
            return false;
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
            var owned = await ReadAsync<OwnedShards>(_region, static replyTo => new ReadOwnedShards(replyTo), cancellationToken);
            if (isReady(owned))
            {
                return owned;
            }

            await Task.Delay(betweenLooks, _time, cancellationToken);
        }
    }

    /// <summary>Asks until there is an answer: a node that takes up very many jobs is late, and reading twice changes nothing.</summary>
    private static async Task<TReply> ReadAsync<TReply>(
        IActorRef<object> actor, Func<IActorRef<TReply>, object> question, CancellationToken cancellationToken)
        where TReply : class
    {
        while (true)
        {
            try
            {
                return await actor.AskAsync(question, cancellationToken: cancellationToken);
            }
            catch (AskTimeoutException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task PutAsync(JobDefinition definition, CancellationToken cancellationToken)
    {
        while (!IsCurrent((await _jobs.FindAsync(definition.Id, cancellationToken)).Job, definition))
        {
            var reply = await _jobs.PutAsync(definition, PutMode.CreateOrUpdate, JobSource.Declared, cancellationToken);
            switch (reply.Status)
            {
                case JobReplyStatus.Done:
                    return;
                case JobReplyStatus.Conflict:
                    await Task.Delay(BetweenLooks, _time, cancellationToken); // another node declares it at this moment
                    break;
                default:
                    throw new InvalidOperationException($"job '{definition.Id}' could not be declared: {reply.Problem}");
            }
        }
    }

    private static bool IsCurrent(Job? known, JobDefinition definition)
    {
        return known is { Source: JobSource.Declared }
            && known.Pause is not { IsUndeclared: true }
            && string.Equals(Text(known.Definition), Text(definition), StringComparison.Ordinal);
    }

    private async Task PauseAsync(Job job, CancellationToken cancellationToken)
    {
        await _jobs.PauseAsync(job.Id, Pause.Undeclared, _nodeName, cancellationToken: cancellationToken);
        LogUndeclared(job.Id);
    }

    private async Task<IEnumerable<Job>> KnownAsync(CancellationToken cancellationToken)
    {
        var owned = await OwnedWhenAsync(static owned => owned.IsComplete, BetweenLooks, cancellationToken);
        var lists = await Task.WhenAll(owned.Shards.Select(
            s => ReadAsync<JobList>(s.Jobs, static replyTo => new ListJobs(replyTo), cancellationToken)));
        return lists.SelectMany(l => l.Jobs);
    }

    private static string Text(JobDefinition definition)
    {
        return JsonSerializer.Serialize(definition);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Name} declares {Count} jobs.")]
    private partial void LogDeclared(string name, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "Node {Name} could not declare its jobs.")]
    private partial void LogFailed(Exception error, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not all jobs could be declared yet; it is tried again: {Problem}")]
    private partial void LogLater(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} was declared once and is no longer; it is paused as undeclared.")]
    private partial void LogUndeclared(string jobId);
}
