using Carillon.Actors;

namespace Carillon.Scheduling;

/// <summary>Stops the schedule of a job. Pausing a paused job changes its reason.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who is told.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Author">Who pauses it.</param>
/// <param name="Until">When it resumes by itself, or null for never.</param>
public sealed record PauseJob(
    string JobId, IActorRef<JobReply> ReplyTo, string Reason, string Author, DateTimeOffset? Until = null)
    : JobCommand(JobId, ReplyTo);
