using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>Asks a shard's history for the figures of one job; no other job of the shard is looked at.</summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who gets them.</param>
public sealed record ReadJobStatistics(string JobId, IActorRef<JobStatisticsRead> ReplyTo);
