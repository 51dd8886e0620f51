using Carillon.Model;
using Carillon.Scheduling;
using Carillon.Testing;

namespace Carillon.Simulation.Tests;

/// <summary>What the audit finds in records, and what it does not.</summary>
public sealed class AuditScenes
{
    private static readonly SceneOptions Falsified = new() { ChecksRows = false };

    [Fact]
    public void Row_that_is_lost_is_found_missed_once_also_after_a_crash()
    {
        var scene = Sample.Started(Falsified);
        scene.Put(Sample.Every(2));
        scene.Pass(9);
        scene.Database.Lose(new AttemptKey("job", Scene.Noon.AddSeconds(4), 1));

        scene.Pass(60);
        scene.Kill();
        scene.Start();
        scene.Pass(120);

        var finding = Assert.Single(Findings(scene));
        Assert.Equal(
            ("job", Scene.Noon.AddSeconds(4), AuditFindingKind.Missed, 0),
            (finding.JobId, finding.ScheduledAt, finding.Kind, finding.Attempt));
        Assert.Equal((1L, 0L), (scene.Database.Audits.Sum(a => a.Missed), scene.Database.Audits.Sum(a => a.Duplicates)));
        Assert.All(scene.Database.Audits, a => Assert.True(a.Through > Scene.Noon.AddSeconds(100)));
        Assert.Contains("The audit found a Missed occurrence of job job", Assert.Single(scene.Log.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Second_success_of_an_occurrence_is_found_as_a_duplicate_once()
    {
        var scene = Sample.Started(Falsified);
        scene.Put(Sample.Every(2));
        scene.Pass(5);
        var row = scene.Attempts("job")[1];
        var second = row with
        {
            Key = row.Key with { Attempt = 2 },
            PlannedNo = 1_000,
            StartedNo = 1_001,
            FinishedNo = 1_002,
            FinishedAt = row.FinishedAt!.Value.AddSeconds(1),
        };
        scene.Database.Plant(second);

        scene.Pass(120);

        var finding = Assert.Single(Findings(scene));
        Assert.Equal((AuditFindingKind.Duplicate, 2, row.Key.ScheduledAt), (finding.Kind, finding.Attempt, finding.ScheduledAt));
        Assert.Equal(1, scene.Database.Audits.Sum(a => a.Duplicates));
    }

    [Fact]
    public void Jobs_that_were_paused_disabled_overlapped_rescheduled_or_down_have_no_findings()
    {
        var scene = Sample.Started();
        scene.Outside.Script("slow", Sample.Takes(7));
        scene.Put(Sample.Every(1, id: "paused"));
        scene.Put(Sample.Every(1, d => d with { Overlap = OverlapPolicy.Queue }, "slow"));
        scene.Put(Sample.Every(1, d => d with { Enabled = false }, "disabled"));
        scene.Put(Sample.Every(3, d => d with { Schedule = d.Schedule with { EveryFrom = EveryFrom.End } }, "after"));
        scene.Pass(5);
        scene.Pause("paused");
        scene.Put(Sample.Every(2, d => d with { Overlap = OverlapPolicy.Queue }, "slow"));
        scene.Pass(30);
        scene.Kill();
        scene.Pass(300);
        scene.Start();
        scene.Pass(TimeSpan.FromMinutes(20));
        scene.Resume("paused");
        scene.Pass(TimeSpan.FromMinutes(5));

        Assert.Empty(Findings(scene));
        Assert.Equal(0, scene.Database.Audits.Sum(a => a.Duplicates + a.Missed));
    }

    [Fact]
    public void Audit_waits_for_an_occurrence_that_is_not_decided_about_and_then_goes_on()
    {
        var scene = Sample.Started();
        scene.Outside.Script("job", Sample.Takes(600));
        scene.Put(Sample.Every(10, d => d with { Overlap = OverlapPolicy.Queue, Misfire = MisfirePolicy.RunAll }));
        scene.Pass(300);
        var held = scene.Database.Audits.Single(a => a.Through < Scene.Noon.AddSeconds(250)).Through;
        scene.Outside.Script("job", Sample.Takes(0));
        scene.Pass(600);

        Assert.Equal(Scene.Noon.AddSeconds(20), held);
        Assert.All(scene.Database.Audits, a => Assert.True(a.Through > Scene.Noon.AddSeconds(600)));
        Assert.Empty(Findings(scene));
    }

    private static IReadOnlyList<AuditFinding> Findings(Scene scene)
    {
        var store = scene.Living.First().Store.Audit;
        return scene.Finish(scene.Begin(() => store.ListFindingsAsync(new FindingQuery(), CancellationToken.None)));
    }
}
