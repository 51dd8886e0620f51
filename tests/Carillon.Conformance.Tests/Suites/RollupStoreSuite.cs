using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IRollupStore"/>, and of recording roll-ups.</summary>
public abstract class RollupStoreSuite(StoreHarness harness) : StoreSuite(harness)
{
    private static readonly DateTimeOffset Hour = TestTimes.Noon;
    private static readonly RollupRange Day = new(RollupSpan.Hour, Hour.AddHours(-12), Hour.AddHours(12));

    [Fact]
    public async Task Rollup_comes_back_as_it_was_recorded()
    {
        var owner = await Owner.ClaimAsync(Node);
        var minute = Sample.Rollup("a", RollupSpan.Minute, Hour.AddMinutes(7), firstNo: 3);
        var hour = Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 3, seed: 20);

        await owner.RecordAsync(minute, hour, Sample.Rollup("b", RollupSpan.Hour, Hour));

        AssertSame(minute.Rollup, Assert.Single(await ReadAsync("a", RollupSpan.Minute)));
        AssertSame(hour.Rollup, Assert.Single(await ReadAsync("a", RollupSpan.Hour)));
    }

    [Fact]
    public async Task Later_form_of_a_part_replaces_it_and_another_part_of_the_same_time_stands_beside_it()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 1));
        var grown = Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 1, seed: 50, category: "reports");
        var other = Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 90);

        await owner.RecordAsync(grown, other);

        var rows = await ReadAsync("a", RollupSpan.Hour);
        AssertSame(grown.Rollup, rows.Single(static row => row.FirstNo == 1));
        AssertSame(other.Rollup, rows.Single(static row => row.FirstNo == 90));
    }

    [Fact]
    public async Task Rollups_of_an_ended_term_are_refused()
    {
        var owner = await Owner.ClaimAsync(Node);
        var late = owner.Event(Sample.Rollup("a", RollupSpan.Hour, Hour));
        await Owner.ClaimAsync(Node);

        Assert.Equal([owner.TermOf("a").Shard], await owner.AppendAsync(late));

        Assert.Empty(await ReadAsync("a", RollupSpan.Hour));
    }

    [Fact]
    public async Task Rollups_are_read_from_the_first_instant_of_a_period_to_before_its_last()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(
            [.. Enumerable.Range(0, 5).Select(static i => Sample.Rollup("a", RollupSpan.Minute, Hour.AddMinutes(i), i + 1))]);

        var rows = await Node.Rollups.ReadRollupsAsync("a", new RollupRange(RollupSpan.Minute, Hour.AddMinutes(1), Hour.AddMinutes(4)), None);

        Assert.Equal([2, 3, 4], rows.Select(static row => row.FirstNo).Order());
    }

    [Fact]
    public async Task Rollups_of_all_jobs_are_read_when_they_are_not_too_many()
    {
        var owner = await Owner.ClaimAsync(Node);
        var saves = Enumerable.Range(0, 5).Select(static i => Sample.Rollup($"job-{i}", RollupSpan.Hour, Hour, i + 1)).ToArray();
        await owner.RecordAsync(saves);

        var range = Day with { Except = [saves[4].Rollup] };

        Assert.Equal(
            ["job-0", "job-1", "job-2", "job-3"],
            (await Node.Rollups.ReadRollupsAsync(range, 4, None))!.Select(static row => row.JobId).Order(StringComparer.Ordinal));
        Assert.Null(await Node.Rollups.ReadRollupsAsync(range, 3, None));
    }

    [Fact]
    public async Task Sums_add_all_parts_of_a_category_and_leave_out_what_is_excepted()
    {
        var owner = await Owner.ClaimAsync(Node);
        var left = Sample.Rollup("c", RollupSpan.Hour, Hour, firstNo: 7, seed: 1_000);
        await owner.RecordAsync(
            Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 1, seed: 10),
            Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 5, seed: 20),
            Sample.Rollup("b", RollupSpan.Hour, Hour, firstNo: 7, seed: 30),
            Sample.Rollup("b", RollupSpan.Hour, Hour.AddHours(1), firstNo: 8, seed: 40),
            Sample.Rollup("d", RollupSpan.Hour, Hour, firstNo: 7, seed: 50, category: "reports"),
            Sample.Rollup("a", RollupSpan.Hour, Hour.AddHours(12), firstNo: 9, seed: 60),
            Sample.Rollup("a", RollupSpan.Minute, Hour, firstNo: 1, seed: 70),
            left);

        var sums = await Node.Rollups.SumRollupsAsync(Day with { Except = [left.Rollup] }, None);

        Assert.Equal(
            [
                Sum(Hour, "billing", 3, 60),
                Sum(Hour, "reports", 1, 50),
                Sum(Hour.AddHours(1), "billing", 1, 40),
            ],
            sums.OrderBy(static sum => sum.Start).ThenBy(static sum => sum.Category, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Failing_jobs_are_those_with_the_most_failures_of_each_hour_and_category()
    {
        var owner = await Owner.ClaimAsync(Node);
        var quiet = Sample.Rollup("quiet", RollupSpan.Hour, Hour).Rollup with { Ended = new OutcomeCounts { Succeeded = 9 } };
        await owner.RecordAsync(
            Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 1, seed: 10),
            Sample.Rollup("a", RollupSpan.Hour, Hour, firstNo: 5, seed: 10),
            Sample.Rollup("b", RollupSpan.Hour, Hour, seed: 20),
            Sample.Rollup("c", RollupSpan.Hour, Hour, seed: 15),
            Sample.Rollup("d", RollupSpan.Hour, Hour, seed: 5, category: "reports"),
            new SaveRollup(quiet));

        var failing = await Node.Rollups.ReadFailingJobsAsync(Day, 2, None);

        Assert.Equal(
            [
                new FailingJob(Hour, "billing", "b", 20 * 3 + 12),
                new FailingJob(Hour, "billing", "a", 2 * (10 * 3 + 12)),
                new FailingJob(Hour, "reports", "d", 5 * 3 + 12),
            ],
            failing.OrderBy(static job => job.Category, StringComparer.Ordinal).ThenByDescending(static job => job.JobId, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_is_found_by_any_instant_in_it()
    {
        var owner = await Owner.ClaimAsync(Node);
        var first = new OccurrenceRun("a", Hour, Hour.AddMinutes(5), 6, Outcome.Skipped, "paused");
        var second = first with { From = Hour.AddMinutes(10), To = Hour.AddMinutes(10), Count = 1, Outcome = Outcome.Misfired };
        await owner.RecordAsync(new SaveOccurrenceRun(first), new SaveOccurrenceRun(second));

        foreach (var (minutes, expected) in ((double, OccurrenceRun?)[])
            [(-1, null), (0, first), (2.5, first), (5, first), (5.1, null), (10, second), (11, null)])
        {
            Assert.Equal(expected, await Node.Rollups.FindRunAsync("a", Hour.AddMinutes(minutes), None));
        }
    }

    private static RollupSum Sum(DateTimeOffset start, string category, int parts, long seeds)
    {
        var ended = new OutcomeCounts
        {
            Succeeded = seeds + parts,
            Failed = seeds + (2 * parts),
            TimedOut = seeds + (3 * parts),
            Cancelled = seeds + (4 * parts),
            Skipped = seeds + (5 * parts),
            Misfired = seeds + (6 * parts),
            Lost = seeds + (7 * parts),
        };
        return new RollupSum(start, category, "default", ended, seeds + (8 * parts), seeds + (9 * parts), seeds + (10 * parts));
    }

    private static void AssertSame(Rollup expected, Rollup actual)
    {
        Assert.Equal(expected.State.ToArray(), actual.State.ToArray());
        Assert.Equal(expected, actual with { State = expected.State });
    }

    private Task<IReadOnlyList<Rollup>> ReadAsync(string jobId, RollupSpan span)
    {
        return Node.Rollups.ReadRollupsAsync(jobId, new RollupRange(span, TestTimes.LongAgo, TestTimes.FarAhead), None);
    }
}
