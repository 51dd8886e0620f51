using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>The reads behind the groups of errors, in one dialect.</summary>
internal interface IErrorReader
{
    /// <summary>The newest <paramref name="limit"/> errors that match, counted by kind and job.</summary>
    Task<List<ErrorCount>> ReadErrorCountsAsync(ErrorQuery query, int limit, CancellationToken cancellationToken);

    /// <summary>One attempt for each kind, by the instant of its end.</summary>
    Task<Dictionary<long, Attempt>> ReadErrorSamplesAsync(
        IReadOnlyList<(DateTimeOffset At, long Fingerprint)> kinds, CancellationToken cancellationToken);
}
