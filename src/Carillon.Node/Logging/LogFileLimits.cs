namespace Carillon.Node.Logging;

/// <summary>How much of a log is kept.</summary>
/// <param name="FileBytes">The size at which a new file is begun.</param>
/// <param name="Files">How many files there are at most, the one that is written included.</param>
/// <param name="QueuedLines">How many lines may wait to be written.</param>
internal sealed record LogFileLimits(long FileBytes, int Files, int QueuedLines = 10_000);
