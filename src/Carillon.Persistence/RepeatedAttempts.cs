using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Persistence;

/// <summary>Turns ends of attempts beyond the first into executions.</summary>
internal static class RepeatedAttempts
{
    private const int AtOnce = 1_000;

    public static async Task<RepeatedExecutions> OfAsync(
        IReadOnlyList<(AttemptKey First, DateTimeOffset At)> ends, int limit, Func<IReadOnlyList<AttemptKey>, Task<List<Attempt>>> read)
    {
        var attempts = new List<Attempt>();
        foreach (var keys in ends.Select(static end => end.First).Distinct().Chunk(AtOnce))
        {
            attempts.AddRange(await read(keys));
        }

        return new RepeatedExecutions(attempts, ends.Count < limit ? null : ends[^1].At);
    }
}
