using System.Globalization;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// Finds attempts of one occurrence that overlapped, or of which more than one succeeded. What came first is told by the
/// numbers of the shard, which no clock can confuse. Pure.
/// </summary>
internal static class DuplicateAttempts
{
    /// <summary>The duplicates among the attempts of one execution, by the attempt whose end brought them to light.</summary>
    /// <param name="attempts">All attempts of the execution, by attempt.</param>
    /// <param name="isEnded">Whether the end of an attempt belongs to the time that is audited.</param>
    public static IEnumerable<(Attempt Later, string Evidence)> Find(IReadOnlyList<Attempt> attempts, Func<DateTimeOffset, bool> isEnded)
    {
        for (var i = 1; i < attempts.Count; i++)
        {
            var later = attempts[i];
            if (later is { StartedNo: not null, FinishedAt: { } at } && isEnded(at)
                && attempts.Take(i).FirstOrDefault(earlier => IsDuplicate(earlier, later)) is { } first)
            {
                yield return (later, $"{Describe(first)}; {Describe(later)}");
            }
        }
    }

    private static bool IsDuplicate(Attempt earlier, Attempt later)
    {
        var overlap = earlier.StartedNo is not null && !(earlier.FinishedNo < later.StartedNo);
        return overlap || (earlier.Result?.Outcome == Outcome.Succeeded && later.Result?.Outcome == Outcome.Succeeded);
    }

    private static string Describe(Attempt attempt)
    {
        var end = attempt.Result is { } result ? $"{result.Outcome} (no. {attempt.FinishedNo})" : "not ended";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"attempt {attempt.Key.Attempt} started (no. {attempt.StartedNo}) on {attempt.Node}, epoch {attempt.Epoch}, {end}");
    }
}
