using Carillon.Model;
using Carillon.Scheduling.Calendars;
using Carillon.Scheduling.Tests.Jobs;

namespace Carillon.Scheduling.Tests.Audit;

/// <summary>How far a shard with a job of 12:00:10, 12:00:20 … is audited, and what is recorded of it.</summary>
public sealed class ShardAuditorTests
{
    private static readonly DateTimeOffset Now = Sample.At(1_000);

    [Fact]
    public void Shard_is_audited_to_the_end_when_everything_is_decided_about()
    {
        var save = Audit(decided: 60, until: 65, executed: [10, 20, 30, 40, 50, 60]);

        Assert.Equal(new ShardAudit(Sample.At(65), 0, 0, null), save?.Audit);
        Assert.Empty(save!.Findings);
    }

    [Fact]
    public void Shard_is_audited_to_the_first_undecided_occurrence_while_that_is_worth_waiting_for()
    {
        Assert.Equal(Sample.At(40), Audit(decided: 30, until: 65, executed: [10, 20, 30])?.Audit.Through);
        Assert.Equal(Sample.At(65), Audit(decided: 30, until: 65, executed: [10, 20, 30], patientSince: 41)?.Audit.Through);
        Assert.Null(Audit(decided: 30, until: 65, executed: [10, 20, 30], before: new ShardAudit(Sample.At(40), 0, 0, null)));
    }

    [Fact]
    public void Finding_adds_to_what_was_found_before()
    {
        var before = new ShardAudit(Sample.At(15), 2, 3, Sample.At(12));

        var save = Audit(decided: 60, until: 65, executed: [10, 20, 40, 50, 60], before: before);

        Assert.Equal(new ShardAudit(Sample.At(65), 2, 4, Now), save?.Audit);
        var finding = Assert.Single(save!.Findings);
        Assert.Equal((Sample.JobId, Sample.At(30), AuditFindingKind.Missed, Now), (finding.JobId, finding.ScheduledAt, finding.Kind, finding.FoundAt));
    }

    [Fact]
    public void What_was_audited_before_is_not_looked_at_again()
    {
        var before = new ShardAudit(Sample.At(35), 0, 1, Sample.At(36));

        Assert.Equal(before with { Through = Sample.At(65) }, Audit(decided: 60, until: 65, executed: [40, 50, 60], before: before)?.Audit);
    }

    private static SaveAudit? Audit(double decided, double until, double[] executed, double patientSince = 0, ShardAudit? before = null)
    {
        var times = new Dictionary<string, HashSet<DateTimeOffset>>(StringComparer.Ordinal)
        {
            [Sample.JobId] = [.. executed.Select(Sample.At)],
        };
        var nothing = Array.Empty<Attempt>().ToLookup(static a => a.Key.JobId, static a => (IReadOnlyList<Attempt>)[a], StringComparer.Ordinal);
        var window = new AuditWindow(Sample.At(1), Sample.At(until), times, nothing);
        var jobs = new JobList(new ShardTerm(0, 1), [Sample.EveryTenSeconds()]) { Audit = before };
        var through = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal) { [Sample.JobId] = Sample.At(decided) };
        var auditor = new ShardAuditor(window, jobs, through, CalendarSet.Empty, Sample.At(patientSince));
        return auditor.Conclude(Array.Empty<OccurrenceRun>().ToLookup(static run => run.JobId, StringComparer.Ordinal), Now);
    }
}
