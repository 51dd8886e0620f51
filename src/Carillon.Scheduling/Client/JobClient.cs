using System.Diagnostics;
using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Scheduling.Calendars;

namespace Carillon.Scheduling;

/// <summary>Sends commands to the shard of their job.</summary>
public sealed class JobClient : IJobClient
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly IActorRef<object> _region;
    private readonly int _shardCount;
    private readonly CalendarSet? _calendars;

    /// <summary>Makes a client.</summary>
    /// <param name="region">The shards of this node.</param>
    /// <param name="shardCount">How many shards the cluster has.</param>
    /// <param name="calendars">The calendars that schedules may name; null for none.</param>
    public JobClient(IActorRef<object> region, int shardCount, CalendarSet? calendars = null)
    {
        _calendars = calendars;
        _region = region;
        _shardCount = shardCount;
    }

    /// <inheritdoc/>
    public Task<JobReply> PutAsync(JobDefinition definition, PutMode mode, JobSource source = JobSource.Api, CancellationToken cancellationToken = default)
    {
        var problems = JobValidator.Validate(definition, _calendars);
        if (problems.Count > 0)
        {
            throw new JobDefinitionException(problems);
        }

        return SendAsync(definition.Id, replyTo => new PutJob(definition.Id, replyTo, definition, source, mode), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobReply> FindAsync(string jobId, CancellationToken cancellationToken = default)
    {
        return SendAsync(jobId, replyTo => new ReadJob(jobId, replyTo), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobReply> RemoveAsync(string jobId, CancellationToken cancellationToken = default)
    {
        return SendAsync(jobId, replyTo => new RemoveJob(jobId, replyTo), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobReply> TriggerAsync(
        string jobId,
        string? payload = null,
        string? idempotencyKey = null,
        DateTimeOffset? dueAt = null,
        CancellationToken cancellationToken = default)
    {
        var parent = AttemptSpans.CallerOf(Activity.Current);
        return SendAsync(
            jobId, replyTo => new TriggerJob(jobId, replyTo, payload, idempotencyKey, dueAt, parent), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobReply> CancelAsync(
        string jobId,
        DateTimeOffset scheduledAt,
        string author,
        string? reason = null,
        CancellationToken cancellationToken = default)
    {
        var recorded = StoredText.Clean(reason is null ? $"cancelled by {author}" : $"cancelled by {author}: {reason}");
        return SendAsync(jobId, replyTo => new CancelExecution(jobId, replyTo, scheduledAt, recorded), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobReply> PauseAsync(
        string jobId, string reason, string author, DateTimeOffset? until = null, CancellationToken cancellationToken = default)
    {
        return SendAsync(
            jobId, replyTo => new PauseJob(jobId, replyTo, StoredText.Clean(reason), StoredText.Clean(author), until), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JobReply> ResumeAsync(string jobId, CancellationToken cancellationToken = default)
    {
        return SendAsync(jobId, replyTo => new ResumeJob(jobId, replyTo), cancellationToken);
    }

    private Task<JobReply> SendAsync(string jobId, Func<IActorRef<JobReply>, JobCommand> command, CancellationToken cancellationToken)
    {
        var shard = ShardHash.Of(jobId, _shardCount);
        return _region.AskAsync<object, JobReply>(replyTo => new ToJobs(shard, command(replyTo)), Timeout, cancellationToken);
    }
}
