using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Creates, changes, runs and reads jobs, from any node and from the code of the host. Every answer that says done was
/// sent after the commit.
/// </summary>
public interface IJobClient
{
    /// <summary>Creates or changes a job.</summary>
    /// <param name="definition">The whole definition.</param>
    /// <param name="mode">What to do when the job exists, or does not.</param>
    /// <param name="source">Where the definition comes from.</param>
    /// <param name="cancellationToken">Stops waiting; the change may still be made.</param>
    /// <exception cref="JobDefinitionException">The definition is not valid; every problem is named.</exception>
    /// <exception cref="TimeoutException">No answer in time: the outcome is unknown.</exception>
    Task<JobReply> PutAsync(JobDefinition definition, PutMode mode, JobSource source = JobSource.Api, CancellationToken cancellationToken = default);

    /// <summary>Reads a job.</summary>
    Task<JobReply> FindAsync(string jobId, CancellationToken cancellationToken = default);

    /// <summary>Removes a job; what it has open ends as cancelled. Its executions stay until their retention ends.</summary>
    Task<JobReply> RemoveAsync(string jobId, CancellationToken cancellationToken = default);

    /// <summary>Runs a job once, now or at an instant to come, whether or not it is paused.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="payload">JSON for this run, at most 64 KiB; null for the job's own.</param>
    /// <param name="idempotencyKey">1 to 200 characters; within 24 hours a second trigger with it answers with the first one's execution.</param>
    /// <param name="dueAt">When; null, or an instant that has passed, for now.</param>
    /// <param name="cancellationToken">Stops waiting; the trigger may still be made.</param>
    Task<JobReply> TriggerAsync(
        string jobId,
        string? payload = null,
        string? idempotencyKey = null,
        DateTimeOffset? dueAt = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends an execution that is open. Done means: it has ended without a start, or the code that runs has been told.
    /// Conflict means that it is not open.
    /// </summary>
    /// <param name="jobId"><see cref="Execution.JobId"/>.</param>
    /// <param name="scheduledAt"><see cref="Execution.ScheduledAt"/>.</param>
    /// <param name="author">Who cancels it; recorded with the outcome.</param>
    /// <param name="reason">Why; recorded with the outcome; or null.</param>
    /// <param name="cancellationToken">Stops waiting; the execution may still be cancelled.</param>
    Task<JobReply> CancelAsync(
        string jobId,
        DateTimeOffset scheduledAt,
        string author,
        string? reason = null,
        CancellationToken cancellationToken = default);

    /// <summary>Stops a job's schedule. Its occurrences are recorded as skipped (paused).</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="reason">One sentence.</param>
    /// <param name="author">Who pauses it.</param>
    /// <param name="until">When it resumes by itself; null for never.</param>
    /// <param name="cancellationToken">Stops waiting; the pause may still be made.</param>
    Task<JobReply> PauseAsync(
        string jobId, string reason, string author, DateTimeOffset? until = null, CancellationToken cancellationToken = default);

    /// <summary>Lets a job's schedule go on.</summary>
    Task<JobReply> ResumeAsync(string jobId, CancellationToken cancellationToken = default);
}
