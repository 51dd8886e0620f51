using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>A worker's word that an attempt has ended. It keeps the result until <see cref="AttemptRecorded"/>.</summary>
/// <param name="Key">The attempt.</param>
/// <param name="Result">How it ended.</param>
public sealed record AttemptEnded(AttemptKey Key, AttemptResult Result);
