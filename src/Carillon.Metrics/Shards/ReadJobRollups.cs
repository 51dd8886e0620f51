using Carillon.Actors;

namespace Carillon.Metrics;

/// <summary>
/// Asks a shard's history for the roll-ups of one job that are newer than their recorded form. Whoever asks reads the
/// recorded ones after the answer has come.
/// </summary>
/// <param name="JobId">The job.</param>
/// <param name="ReplyTo">Who gets them.</param>
public sealed record ReadJobRollups(string JobId, IActorRef<UnsavedRollups> ReplyTo);
