using Carillon.Cluster;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IStoreMaintenance"/>.</summary>
public abstract class MaintenanceSuite(StoreHarness harness) : StoreSuite(harness)
{
    private const int Days = 86_400;
    private static readonly DateTimeOffset Today = TestTimes.Noon.AddHours(-12);

    [Fact]
    public async Task Prepare_can_be_repeated()
    {
        await Node.Maintenance.PrepareAsync(TestTimes.Noon, None);
        await Node.Maintenance.PrepareAsync(TestTimes.Noon, None);
        var owner = await Owner.ClaimAsync(Node);

        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)), Sample.Started(Sample.Key("a", 3 * Days)));

        Assert.Equal(2, (await owner.LoadAsync("a")).Open.Count);
    }

    [Fact]
    public async Task DeleteExpired_removes_finished_history_of_the_days_before()
    {
        var owner = await Owner.ClaimAsync(Node);
        await RecordFinishedAsync(owner, [-2 * Days, -Days, 0]);

        await DeleteAllAsync(Today, limit: 100);

        Assert.Equal([Sample.Key("a", 0)], await KeysAsync());
    }

    [Fact]
    public async Task DeleteExpired_keeps_the_whole_day_that_before_lies_in()
    {
        var owner = await Owner.ClaimAsync(Node);
        await RecordFinishedAsync(owner, [-Days, -3_600]);

        await DeleteAllAsync(TestTimes.Noon, limit: 100);

        Assert.Equal([Sample.Key("a", -3_600)], await KeysAsync());
    }

    [Fact]
    public async Task DeleteExpired_never_removes_an_execution_that_is_open()
    {
        var owner = await Owner.ClaimAsync(Node);
        var retried = Sample.Key("a", -3 * Days);
        await RecordFinishedAsync(owner, [(-3 * Days) + 60]);
        await owner.RecordAsync(Sample.Started(retried));
        await owner.RecordAsync(
            Sample.Finish(retried, Outcome.Failed, final: false), Sample.Waiting(retried with { Attempt = 2 }));

        await DeleteAllAsync(Today, limit: 100);

        Assert.Equal([retried], await KeysAsync());
        var kept = await Node.Jobs.FindExecutionAsync(retried.ExecutionId, None);
        Assert.Equal([1, 2], kept!.Attempts.Select(attempt => attempt.Key.Attempt));
        await owner.RecordAsync(Sample.Finish(retried with { Attempt = 2 }));
        await DeleteAllAsync(Today, limit: 100);
        Assert.Empty(await KeysAsync());
    }

    [Fact]
    public async Task DeleteExpired_goes_in_steps_until_nothing_is_left()
    {
        var owner = await Owner.ClaimAsync(Node);
        await RecordFinishedAsync(owner, [.. Enumerable.Range(0, 25).Select(i => (-2 * Days) + i)]);
        await owner.RecordAsync(Sample.Started(Sample.Key("open", -2 * Days)));

        var steps = await DeleteAllAsync(Today, limit: 10);

        Assert.InRange(steps, 3, 4);
        Assert.Equal([Sample.Key("open", -2 * Days)], await KeysAsync());
        Assert.False(await Node.Maintenance.DeleteExpiredAsync(Expired(Today), 10, None));
    }

    [Fact]
    public async Task DeleteExpired_forgets_old_trigger_keys_runs_and_dead_nodes()
    {
        var owner = await Owner.ClaimAsync(Node);
        var old = new OccurrenceRun("a", Today.AddDays(-3), Today.AddDays(-2), 2, Outcome.Skipped, "paused");
        var recent = old with { From = Today.AddDays(-1), To = Today.AddHours(1) };
        await owner.RecordAsync(
            Sample.Snapshot("a", 0),
            new SaveOccurrenceRun(old),
            new SaveOccurrenceRun(recent),
            new SaveTriggerKey(new TriggerKey("a", "old", TestTimes.LongAgo, TestTimes.LongAgo)),
            new SaveTriggerKey(new TriggerKey("a", "new", TestTimes.Noon, TestTimes.FarAhead)));
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);

        var steps = await DeleteAllAsync(Today, limit: 1);

        Assert.Equal(3, steps);
        var recovery = await owner.LoadAsync("a");
        Assert.Equal(recent, Assert.IsType<SaveOccurrenceRun>(Assert.Single(recovery.Events).Write).Run);
        Assert.Equal("new", Assert.Single(recovery.TriggerKeys).Key);
        Assert.Single(await Node.Cluster.ReadNodesAsync(None));
    }

    [Fact]
    public async Task DeleteExpired_forgets_rollups_at_the_time_of_their_span()
    {
        var owner = await Owner.ClaimAsync(Node);
        DateTimeOffset[] hours = [Today.AddHours(-30), Today.AddHours(-20), Today.AddHours(-10)];
        await owner.RecordAsync(
        [
            .. hours.Select(static hour => Sample.Rollup("a", RollupSpan.Hour, hour)),
            .. hours.Select(static hour => Sample.Rollup("a", RollupSpan.Minute, hour)),
        ]);

        var before = new Expiry(TestTimes.LongAgo, Today.AddHours(-10), Today.AddHours(-20));
        while (await Node.Maintenance.DeleteExpiredAsync(before, 1, None))
        {
            // One row in each step.
        }

        Assert.Equal(hours[2..], await StartsAsync(RollupSpan.Minute));
        Assert.Equal(hours[1..], await StartsAsync(RollupSpan.Hour));

        async Task<IEnumerable<DateTimeOffset>> StartsAsync(RollupSpan span)
        {
            var rows = await Node.Rollups.ReadRollupsAsync("a", new RollupRange(span, TestTimes.LongAgo, TestTimes.FarAhead), None);
            return rows.Select(static row => row.Start).Order();
        }
    }

    private static Expiry Expired(DateTimeOffset before)
    {
        return new Expiry(before, TestTimes.LongAgo, TestTimes.LongAgo);
    }

    private async Task<int> DeleteAllAsync(DateTimeOffset before, int limit)
    {
        var steps = 1;
        while (await Node.Maintenance.DeleteExpiredAsync(Expired(before), limit, None))
        {
            Assert.True(++steps < 100, "the store says there is more to delete, and deletes nothing");
        }

        return steps;
    }

    private async Task<IEnumerable<AttemptKey>> KeysAsync()
    {
        var page = await Node.Jobs.ListExecutionsAsync(new() { Limit = 1_000 }, None);
        return page.Items.Select(item => item.Attempts[0].Key).OrderBy(key => key.ScheduledAt);
    }

    private static async Task RecordFinishedAsync(Owner owner, int[] seconds)
    {
        await owner.RecordAsync([.. seconds.Select(second => Sample.Started(Sample.Key("a", second)))]);
        await owner.RecordAsync([.. seconds.Select(second => Sample.Finish(Sample.Key("a", second)))]);
    }
}
