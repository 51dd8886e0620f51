namespace Carillon.Persistence;

/// <summary>How often one job had one kind of error.</summary>
internal sealed record ErrorCount(
    long Fingerprint, string JobId, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
