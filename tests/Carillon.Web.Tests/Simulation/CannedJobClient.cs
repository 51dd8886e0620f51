using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Web.Tests;

/// <summary>Gives one answer to everything.</summary>
internal sealed class CannedJobClient(Func<Task<JobReply>> answer) : IJobClient
{
    public Task<JobReply> PutAsync(
        JobDefinition definition,
        PutMode mode,
        JobSource source = JobSource.Api,
        CancellationToken cancellationToken = default)
    {
        return answer();
    }

    public Task<JobReply> FindAsync(string jobId, CancellationToken cancellationToken = default)
    {
        return answer();
    }

    public Task<JobReply> RemoveAsync(string jobId, CancellationToken cancellationToken = default)
    {
        return answer();
    }

    public Task<JobReply> TriggerAsync(
        string jobId,
        string? payload = null,
        string? idempotencyKey = null,
        DateTimeOffset? dueAt = null,
        CancellationToken cancellationToken = default)
    {
        return answer();
    }

    public Task<JobReply> CancelAsync(
        string jobId,
        DateTimeOffset scheduledAt,
        string author,
        string? reason = null,
        CancellationToken cancellationToken = default)
    {
        return answer();
    }

    public Task<JobReply> PauseAsync(
        string jobId, string reason, string author, DateTimeOffset? until = null, CancellationToken cancellationToken = default)
    {
        return answer();
    }

    public Task<JobReply> ResumeAsync(string jobId, CancellationToken cancellationToken = default)
    {
        return answer();
    }
}
