using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>The end of an attempt is committed; the worker may forget it.</summary>
/// <param name="Key">The attempt.</param>
public sealed record AttemptRecorded(AttemptKey Key);
