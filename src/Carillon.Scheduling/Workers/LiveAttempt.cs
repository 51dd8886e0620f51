using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>An attempt whose code runs.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="State">How it stands.</param>
/// <param name="Progress">How far it says it is, or null.</param>
/// <param name="Output">What it has printed; it goes on growing.</param>
public sealed record LiveAttempt(AttemptKey Key, LiveState State, ProgressReport? Progress, JobOutput Output);
