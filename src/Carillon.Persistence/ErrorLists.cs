using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>Errors by kind, put together from the reads of one dialect.</summary>
internal sealed class ErrorLists(IErrorReader reader)
{
    private const int MaxJobs = 10;

    public async Task<ErrorPage> ListErrorsAsync(ErrorQuery query, CancellationToken cancellationToken)
    {
        var counts = await reader.ReadErrorCountsAsync(query, ErrorPage.MaxErrors, cancellationToken);
        var groups = counts.GroupBy(static count => count.Fingerprint)
            .Select(static counts => Sum(counts.Key, [.. counts]))
            .OrderByDescending(static group => group.Count).ThenByDescending(static group => group.LastSeen)
            .ThenBy(static group => group.Fingerprint).ToArray();
        var shown = groups.Take(Math.Clamp(query.Limit, 1, 1_000)).ToArray();
        var samples = shown.Length == 0
            ? []
            : await reader.ReadErrorSamplesAsync([.. shown.Select(static g => (g.LastSeen, g.Fingerprint))], cancellationToken);
        var errors = counts.Sum(static count => count.Count);
        return new ErrorPage(
            [.. shown.Where(group => samples.ContainsKey(group.Fingerprint)).Select(group => group.With(samples[group.Fingerprint]))],
            groups.Length,
            errors,
            errors < ErrorPage.MaxErrors);
    }

    private static Group Sum(long fingerprint, ErrorCount[] counts)
    {
        return new Group(
            fingerprint,
            counts.Sum(static count => count.Count),
            counts.Min(static count => count.FirstSeen),
            counts.Max(static count => count.LastSeen),
            [.. counts.OrderByDescending(static c => c.Count).ThenBy(static c => c.JobId, StringComparer.Ordinal).Take(MaxJobs).Select(static c => c.JobId)],
            counts.Length);
    }

    private sealed record Group(
        long Fingerprint, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, IReadOnlyList<string> JobIds, int JobCount)
    {
        public ErrorGroup With(Attempt sample)
        {
            return new ErrorGroup(Fingerprint, Count, FirstSeen, LastSeen, JobIds, JobCount, sample);
        }
    }
}
