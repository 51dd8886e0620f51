using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Metrics.Tests;

public sealed class HistoryShardTests : IAsyncDisposable
{
    private readonly DeterministicDispatcher _dispatcher = new(1);
    private readonly VirtualTimeProvider _time;
    private readonly ActorSystem _system;
    private readonly Facts _facts = new();
    private readonly Probe<Append> _writer;
    private readonly Probe<ShardHistoryPart> _page;
    private readonly Probe<AllSaved> _leaving;

    public HistoryShardTests()
    {
        _time = new VirtualTimeProvider(Facts.Start, _dispatcher);
        var options = new ActorSystemOptions { Time = _time, Dispatcher = _dispatcher, Random = new Random(1) };
        _system = new ActorSystem("test", options);
        _writer = new Probe<Append>(_system, "writer");
        _page = new Probe<ShardHistoryPart>(_system, "page");
        _leaving = new Probe<AllSaved>(_system, "leaving");
    }

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
    }

    [Fact]
    public void Committed_facts_are_folded_before_a_later_gather_is_answered()
    {
        var shard = Spawn();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Succeeded, 10);
        shard.Tell(new CommittedEvents(Facts.Term, _facts.Take()));
        shard.Tell(new NextRunChanged("a", Facts.At(60)));
        shard.Tell(new GatherHistory(0, _page.Ref));
        _dispatcher.RunUntilIdle();

        var part = Assert.Single(_page.Received);
        Assert.Equal(0, part.Generation);
        Assert.Equal(Facts.Term, part.Term);
        var job = Assert.Single(part.Jobs);
        Assert.Equal(1, job.Counts.Outcomes.Succeeded);
        Assert.Equal(Facts.At(60), job.NextRunAt);
    }

    [Fact]
    public void Facts_of_another_term_are_not_folded()
    {
        var shard = Spawn();
        _facts.Save("a");
        shard.Tell(new CommittedEvents(Facts.Term with { Epoch = 6 }, _facts.Take()));
        shard.Tell(new GatherHistory(0, _page.Ref));
        _dispatcher.RunUntilIdle();

        Assert.Empty(Assert.Single(_page.Received).Jobs);
    }

    [Fact]
    public void Histories_are_restored_from_the_store_when_the_shard_starts()
    {
        var store = new TestStore();
        _facts.Save("a");
        _facts.Run("a", 0, Outcome.Failed, 10);
        store.Commit(_facts.Take());
        store.Commit([[new SaveSnapshot(new HistorySnapshot("a", 1, 1, null, default))]], _facts);

        var shard = Spawn(store.Recover());
        shard.Tell(new GatherHistory(0, _page.Ref));
        _dispatcher.RunUntilIdle();

        Assert.Equal(1, Assert.Single(Assert.Single(_page.Received).Jobs).Counts.Outcomes.Failed);
    }

    [Fact]
    public void Shard_asked_for_a_later_generation_answers_when_its_reset_is_recorded()
    {
        var shard = SpawnWithFacts("a");
        shard.Tell(new GatherHistory(4, _page.Ref));
        _dispatcher.RunUntilIdle();
        Assert.Empty(_page.Received);

        Answer(new AppendRefused(_writer.Received[0], "disk full"));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(_page.Received);
        Answer(new Appended(_writer.Received[1], LastNo: 9));

        var part = Assert.Single(_page.Received);
        Assert.Equal(4, part.Generation);
        Assert.Equal(part.Totals().Open, part.Totals().Planned);
    }

    [Fact]
    public void Changes_are_saved_after_the_interval()
    {
        var shard = Spawn();
        _facts.Save("a");
        _facts.Begin("a", 0);
        shard.Tell(new CommittedEvents(Facts.Term, _facts.Take()));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Empty(_writer.Received);

        _time.Advance(TimeSpan.FromMinutes(2));
        var append = Assert.Single(_writer.Received);
        Assert.Equal(Facts.Term, append.Term);
        Assert.Equal(2, Snapshot(append).ThroughNo);
    }

    [Fact]
    public void Refused_snapshot_is_sent_again_at_the_next_tick()
    {
        SpawnWithFacts("a");
        _time.Advance(TimeSpan.FromMinutes(6));

        Answer(new AppendRefused(_writer.Received[0], "disk full"));
        Assert.Single(_writer.Received);
        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(2, _writer.Received.Count);
        Assert.Equal("a", Snapshot(_writer.Received[1]).JobId);
    }

    [Fact]
    public void Everything_is_saved_before_the_shard_is_handed_over()
    {
        var shard = SpawnWithFacts("a");
        _time.Advance(TimeSpan.FromMinutes(6));
        _facts.Begin("a", 1);
        shard.Tell(new CommittedEvents(Facts.Term, _facts.Take()));
        shard.Tell(new SaveAll(_leaving.Ref));
        _dispatcher.RunUntilIdle();

        Assert.Equal([2, 3], _writer.Received.Select(static append => Snapshot(append).ThroughNo));
        Answer(new Appended(_writer.Received[0], LastNo: 9));
        Assert.Empty(_leaving.Received);
        Answer(new Appended(_writer.Received[1], LastNo: 9));
        Assert.Equal(new AllSaved(Facts.Term, null), Assert.Single(_leaving.Received));
    }

    [Fact]
    public void Snapshot_refused_earlier_is_no_problem_when_it_is_recorded_in_the_end()
    {
        var shard = SpawnWithFacts("a");
        _time.Advance(TimeSpan.FromMinutes(6));
        Answer(new AppendRefused(_writer.Received[0], "disk full"));
        shard.Tell(new SaveAll(_leaving.Ref));
        _dispatcher.RunUntilIdle();
        Assert.Empty(_leaving.Received);

        Assert.Equal("a", Snapshot(_writer.Received[1]).JobId);
        Answer(new Appended(_writer.Received[1], LastNo: 9));
        Assert.Null(Assert.Single(_leaving.Received).Problem);
    }

    [Fact]
    public void Nothing_to_save_is_answered_at_once()
    {
        Spawn().Tell(new SaveAll(_leaving.Ref));
        _dispatcher.RunUntilIdle();

        Assert.Equal(new AllSaved(Facts.Term, null), Assert.Single(_leaving.Received));
        Assert.Empty(_writer.Received);
    }

    [Fact]
    public void Term_that_ended_while_saving_is_told()
    {
        SpawnWithFacts("a").Tell(new SaveAll(_leaving.Ref));
        _dispatcher.RunUntilIdle();

        Answer(new AppendFenced(_writer.Received[0]));

        var saved = Assert.Single(_leaving.Received);
        Assert.Contains("epoch 7 of shard 3 has ended", saved.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writer_that_has_stopped_is_a_problem_and_not_a_wait()
    {
        var shard = Spawn();
        var stopped = _system.StopAsync(_writer.Ref);
        _dispatcher.RunUntilIdle();
        await stopped;
        _facts.Save("a");
        _facts.Begin("a", 0);
        shard.Tell(new CommittedEvents(Facts.Term, _facts.Take()));
        shard.Tell(new SaveAll(_leaving.Ref));
        _dispatcher.RunUntilIdle();

        Assert.Contains("does not accept", Assert.Single(_leaving.Received).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void History_that_fails_stops_and_does_not_start_again_from_old_data()
    {
        var shard = Spawn();
        var watcher = new Probe<object>(_system, "watcher", context => context.Watch(shard, "stopped"));
        _facts.Save("a");
        _facts.Add(new SaveOccurrenceRun(new OccurrenceRun("a", Facts.At(1), Facts.At(1), 1, (Outcome)99, "hostile")));
        shard.Tell(new CommittedEvents(Facts.Term, _facts.Take()));
        _dispatcher.RunUntilIdle();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["stopped"], watcher.Received);
        Assert.False(shard.Tell(new GatherHistory(0, _page.Ref)));
    }

    private static HistorySnapshot Snapshot(Append append)
    {
        return Assert.IsType<SaveSnapshot>(append.Writes[0]).Snapshot;
    }

    private IActorRef<object> SpawnWithFacts(string jobId)
    {
        var shard = Spawn();
        _facts.Save(jobId);
        _facts.Begin(jobId, 0);
        shard.Tell(new CommittedEvents(Facts.Term, _facts.Take()));
        _dispatcher.RunUntilIdle();
        return shard;
    }

    private IActorRef<object> Spawn(ShardRecovery? recovery = null)
    {
        var shard = _system.Spawn("history", () => new HistoryShard(
            Facts.Term, recovery ?? new ShardRecovery { Term = Facts.Term }, new HistoryOptions(), _writer.Ref));
        _dispatcher.RunUntilIdle();
        return shard;
    }

    private void Answer(AppendResult result)
    {
        Assert.NotNull(_writer.Received[0].ReplyTo);
        _writer.Received[0].ReplyTo!.Tell(result);
        _dispatcher.RunUntilIdle();
    }
}
