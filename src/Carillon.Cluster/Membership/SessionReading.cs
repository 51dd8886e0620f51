namespace Carillon.Cluster;

/// <summary>Whose sessions the store sees. A process that is killed loses its sessions at once.</summary>
/// <param name="Incarnations">The incarnations that have a session.</param>
/// <param name="OwnAge">
/// How long the oldest session of the reader has been there. Where it is young, the store may have begun anew, and others
/// may not have come back yet.
/// </param>
/// <param name="Doubt">Why a session that is missing proves nothing, as a part of a sentence; null when it proves a crash.</param>
public sealed record SessionReading(IReadOnlySet<Guid> Incarnations, TimeSpan OwnAge, string? Doubt)
{
    /// <summary>Whether a session that is missing proves a crash.</summary>
    public bool IsConclusive => Doubt is null;
}
