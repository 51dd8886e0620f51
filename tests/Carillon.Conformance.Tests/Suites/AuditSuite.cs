using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IAuditStore"/>, and of what audits record.</summary>
public abstract class AuditSuite(StoreHarness harness) : StoreSuite(harness)
{
    [Fact]
    public async Task Occurrences_of_a_time_come_in_order_each_once_and_no_more_than_asked_for()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(
            Sample.Started(Sample.Key("b", 3)), Sample.Started(Sample.Key("a", 1)), Sample.Started(Sample.Key("a", 1, attempt: 2)),
            Sample.Started(Sample.Key("a", 2)), Sample.Started(Sample.Key("a", 9)), Sample.Started(Sample.Key("b", 0)));

        var all = await Node.Audit.ReadOccurrencesAsync(TestTimes.At(1), TestTimes.At(9), 10, None);
        var some = await Node.Audit.ReadOccurrencesAsync(TestTimes.At(1), TestTimes.At(9), 2, None);

        Assert.Equal([Sample.Key("a", 1), Sample.Key("a", 2), Sample.Key("b", 3)], all);
        Assert.Equal(all.Take(2), some);
    }

    [Fact]
    public async Task Repeated_executions_are_those_with_a_later_attempt_that_ended_in_the_time()
    {
        var owner = await Owner.ClaimAsync(Node);
        foreach (var (job, attempts) in new[] { ("a", 3), ("b", 2), ("c", 1) })
        {
            for (var attempt = 1; attempt <= attempts; attempt++)
            {
                var key = Sample.Key(job, 0, attempt);
                await owner.RecordAsync(Sample.Started(key));
                await owner.AppendAsync(owner.Event(Sample.Finish(key, Outcome.Failed, final: false), TestTimes.At(attempt)));
            }
        }

        var both = await Node.Audit.ReadRepeatedAsync(TestTimes.At(2), TestTimes.At(3), 10, None);
        var third = await Node.Audit.ReadRepeatedAsync(TestTimes.At(3), TestTimes.At(9), 10, None);
        var cut = await Node.Audit.ReadRepeatedAsync(TestTimes.At(0), TestTimes.At(9), 2, None);
        var none = await Node.Audit.ReadRepeatedAsync(TestTimes.At(0), TestTimes.At(2), 10, None);

        Assert.Equal((5, null), (both.Attempts.Count, both.CutAt));
        Assert.Equal(["a", "a", "a"], third.Attempts.Select(static attempt => attempt.Key.JobId));
        Assert.Equal(TestTimes.At(2), cut.CutAt);
        Assert.Empty(none.Attempts);
    }

    [Fact]
    public async Task Stretches_are_those_of_the_jobs_that_reach_into_the_time()
    {
        var owner = await Owner.ClaimAsync(Node);
        OccurrenceRun[] runs = [Run("a", 0, 5), Run("a", 10, 20), Run("a", 30, 30), Run("a", 40, 50), Run("b", 12, 13), Run("c", 10, 20)];
        await owner.RecordAsync([.. runs.Select(static run => new SaveOccurrenceRun(run))]);

        var inside = await Node.Audit.ReadStretchesAsync(["a", "b", "d"], TestTimes.At(15), TestTimes.At(40), None);
        var edges = await Node.Audit.ReadStretchesAsync(["a"], TestTimes.At(5), TestTimes.At(10), None);

        Assert.Equal([Run("a", 10, 20), Run("a", 30, 30)], inside.OrderBy(static run => run.From));
        Assert.Equal([Run("a", 0, 5)], edges);
    }

    [Fact]
    public async Task Audit_is_recorded_with_its_findings_and_taken_up_by_the_next_owner()
    {
        var owner = await Owner.ClaimAsync(Node);
        var term = owner.TermOf(string.Empty);
        AuditFinding[] findings =
        [
            new("a", TestTimes.At(1), AuditFindingKind.Missed, 0, TestTimes.At(60), "nothing tells of it"),
            new("a", TestTimes.At(2), AuditFindingKind.Duplicate, 2, TestTimes.At(61), "two attempts"),
            new("b", TestTimes.At(2), AuditFindingKind.Duplicate, 2, TestTimes.At(62), "two attempts"),
        ];
        var first = new ShardAudit(TestTimes.At(30), 1, 1, TestTimes.At(61));
        var second = first with { Through = TestTimes.At(90), Duplicates = 2, LastFindingAt = TestTimes.At(62) };
        Assert.Null((await owner.LoadAsync(string.Empty)).Audit);

        await owner.RecordAsync(new SaveAudit(first, findings[..2]));
        await owner.RecordAsync(new SaveAudit(second, findings[2..]));

        Assert.Equal(second, (await owner.LoadAsync(string.Empty)).Audit);
        Assert.Equal(findings.Reverse(), await Node.Audit.ListFindingsAsync(new FindingQuery(), None));
        Assert.Equal(findings[..1], await Node.Audit.ListFindingsAsync(new FindingQuery("a", AuditFindingKind.Missed), None));
        Assert.Equal(findings[2..], await Node.Audit.ListFindingsAsync(new FindingQuery(Limit: 1), None));
        Assert.Equal(term.Shard, (await owner.LoadAsync(string.Empty)).Term.Shard);
    }

    [Fact]
    public async Task Audit_of_an_ended_term_is_refused_with_its_findings()
    {
        var owner = await Owner.ClaimAsync(Node);
        var next = await Owner.ClaimAsync(Node);
        var save = new SaveAudit(
            new ShardAudit(TestTimes.At(30), 1, 0, TestTimes.At(60)),
            [new AuditFinding("a", TestTimes.At(1), AuditFindingKind.Missed, 0, TestTimes.At(60), "x")]);

        var fenced = await owner.AppendAsync(owner.Event(save));

        Assert.Equal([owner.TermOf(string.Empty).Shard], fenced);
        Assert.Null((await next.LoadAsync(string.Empty)).Audit);
        Assert.Empty(await Node.Audit.ListFindingsAsync(new FindingQuery(), None));
    }

    private static OccurrenceRun Run(string jobId, int from, int to)
    {
        return new OccurrenceRun(jobId, TestTimes.At(from), TestTimes.At(to), (to - from) + 1, Outcome.Skipped, "paused");
    }
}
