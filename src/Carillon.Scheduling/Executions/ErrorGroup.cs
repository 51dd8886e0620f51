using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>Errors of one kind.</summary>
/// <param name="Fingerprint"><see cref="ErrorFingerprint"/>.</param>
/// <param name="Count">How many attempts ended with it.</param>
/// <param name="FirstSeen">When the first of them ended.</param>
/// <param name="LastSeen">When the last of them ended.</param>
/// <param name="JobIds">The jobs of which most of them are, at most ten.</param>
/// <param name="JobCount">How many jobs have it.</param>
/// <param name="Sample">The last of them.</param>
public sealed record ErrorGroup(
    long Fingerprint,
    long Count,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    IReadOnlyList<string> JobIds,
    int JobCount,
    Attempt Sample);
