using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;

namespace Carillon.Scheduling.Tests.Audit;

/// <summary>Which attempts of one occurrence are one too many. Attempts are (started, finished, outcome) in the numbers of the shard.</summary>
public sealed class DuplicateAttemptsTests
{
    [Fact]
    public void Attempts_one_after_the_other_of_which_the_last_succeeds_are_no_duplicates()
    {
        Assert.Empty(Found(Attempt(1, 1, 5, Outcome.Failed), Attempt(2, 6, 9, Outcome.Lost), Attempt(3, 10, 12, Outcome.Succeeded)));
        Assert.Empty(Found(Attempt(1, null, 5, Outcome.Cancelled), Attempt(2, 6, 9, Outcome.Succeeded)));
        Assert.Empty(Found(Attempt(1, 1, 5, Outcome.Failed), Attempt(2, null, 9, Outcome.Cancelled)));
    }

    [Fact]
    public void Second_success_is_a_duplicate_and_tells_of_both()
    {
        var (later, evidence) = Assert.Single(Found(Attempt(1, 1, 5, Outcome.Succeeded), Attempt(2, 6, 9, Outcome.Succeeded)));

        Assert.Equal(2, later.Key.Attempt);
        Assert.Contains("attempt 1 started (no. 1)", evidence, StringComparison.Ordinal);
        Assert.Contains("attempt 2 started (no. 6)", evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Attempts_that_overlap_are_duplicates_whatever_comes_of_them()
    {
        Assert.Single(Found(Attempt(1, 1, 8, Outcome.Lost), Attempt(2, 6, 9, Outcome.Failed)));
        Assert.Single(Found(Attempt(1, 1, null, null), Attempt(2, 6, 9, Outcome.Failed)));
    }

    [Fact]
    public void Each_attempt_too_many_is_found_once_in_the_time_in_which_it_ended()
    {
        Attempt[] attempts = [Attempt(1, 1, 5, Outcome.Succeeded), Attempt(2, 6, 9, Outcome.Succeeded), Attempt(3, 10, 12, Outcome.Succeeded)];

        Assert.Equal([2, 3], Found(attempts).Select(static found => found.Later.Key.Attempt));
        Assert.Equal([3], DuplicateAttempts.Find(attempts, static at => at > Sample.At(9)).Select(static found => found.Later.Key.Attempt));
    }

    private static (Attempt Later, string Evidence)[] Found(params Attempt[] attempts)
    {
        return [.. DuplicateAttempts.Find(attempts, static _ => true)];
    }

    private static Attempt Attempt(int attempt, long? started, long? finished, Outcome? outcome)
    {
        return Sample.Attempt(attempt) with
        {
            StartedNo = started,
            FinishedNo = finished,
            FinishedAt = finished is { } no ? Sample.At(no) : null,
            Result = outcome is { } how ? new AttemptResult { Outcome = how } : null,
        };
    }
}
