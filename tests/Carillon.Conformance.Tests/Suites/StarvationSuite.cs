using Carillon.Cluster;

namespace Carillon.Conformance.Tests;

/// <summary>What a store must do while user code occupies every thread of the pool.</summary>
public abstract class StarvationSuite(StoreHarness harness) : StoreSuite(harness)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Append_and_beat_go_on_while_the_thread_pool_is_blocked()
    {
        await Node.Cluster.JoinAsync(Node.Row("a"), TestTimes.Lease, None);
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)));
        await owner.RecordAsync(Sample.Finish(Sample.Key("a", 0)));
        var batch = owner.Event(Sample.Started(Sample.Key("a", 1)));
        var outcome = new TaskCompletionSource<(bool Appended, bool Beaten)>(
            TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();

        // Fair, so that they stand in the common queue, before what the store might add to it.
        var blocked = Enumerable.Range(0, 512)
            .Select(_ => Task.Factory.StartNew(
                release.Wait, None, TaskCreationOptions.PreferFairness, TaskScheduler.Default))
            .ToArray();

        new Thread(() =>
        {
            // No pool thread takes part: the continuation runs where the append completes. Others go before it, so that
            // it is not complete already when the continuation is attached.
            using var appended = new ManualResetEventSlim();
            for (var i = 0; i < 100; i++)
            {
                _ = Node.Log.AppendAsync(new AppendBatch(Node.Incarnation, [batch.Term], []));
            }

            _ = Node.Log.AppendAsync(new AppendBatch(Node.Incarnation, [batch.Term], [batch]))
                .ContinueWith(
                    _ => appended.Set(), None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            var inTime = appended.Wait(Deadline);
            outcome.SetResult((inTime, Node.Cluster.Beat(Node.Incarnation, TestTimes.Lease) is not null));
            release.Set();
        }).Start();

        Assert.Equal((true, true), await outcome.Task);
        await Task.WhenAll(blocked);
        Assert.Single((await owner.LoadAsync("a")).Open);
    }
}
