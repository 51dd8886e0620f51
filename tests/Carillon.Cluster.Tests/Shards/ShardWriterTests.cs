using Carillon.Model;

namespace Carillon.Cluster.Tests.Shards;

public sealed class ShardWriterTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private readonly WriterScene _scene = new();

    [Fact]
    public void Events_of_a_shard_are_numbered_on_from_the_last_recorded_number()
    {
        _scene.Open(shard: 7, epoch: 3, lastNo: 41);

        _scene.Append(7, 3, WriterScene.Plan("a", 0), WriterScene.Plan("b", 1));
        _scene.Commit();

        var appended = Assert.IsType<Appended>(Assert.Single(_scene.Replies));
        Assert.Equal((new ShardTerm(7, 3), 43), (appended.Term, appended.LastNo));
        Assert.Equal([42, 43], Assert.Single(_scene.Log.Batches).Events.Select(e => e.No));
    }

    [Fact]
    public void Everything_that_waits_while_a_flush_is_in_flight_goes_out_in_one_batch()
    {
        _scene.Open(1, 1);
        _scene.Open(2, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));

        _scene.Append(1, 1, WriterScene.Plan("a", 1));
        _scene.Append(2, 1, WriterScene.Plan("b", 1));
        Assert.Single(_scene.Log.Batches);

        _scene.Commit();
        _scene.Pass(Soon);

        Assert.Equal(2, _scene.Log.Batches.Count);
        Assert.Equal(2, _scene.Log.Batches[1].Events.Count);
        Assert.Equal(1, _scene.Log.InFlight);
    }

    [Fact]
    public void The_history_hears_of_events_only_after_their_commit()
    {
        _scene.Open(1, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));
        Assert.Empty(_scene.History);

        _scene.Commit();

        Assert.Single(Assert.Single(_scene.History).Events);
    }

    [Fact]
    public void History_is_told_a_question_once_it_has_what_was_in_flight()
    {
        _scene.Open(1, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));

        _scene.TellHistory(1, 1, "how many?");
        Assert.Empty(_scene.Told);
        _scene.Commit();

        Assert.Equal("how many?", Assert.Single(_scene.Told));
    }

    [Fact]
    public void History_is_told_no_question_when_nobody_knows_how_what_was_in_flight_ended()
    {
        _scene.Open(1, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));

        _scene.TellHistory(1, 1, "early");
        _scene.Fail(new TimeoutException("no answer"));
        _scene.TellHistory(1, 1, "late");

        Assert.Empty(_scene.Told);
        Assert.Equal(["early", "late"], _scene.NotTold.Select(static back => back.Message));
    }

    [Fact]
    public void A_fenced_shard_ends_and_the_others_are_committed()
    {
        _scene.Open(1, 1);
        _scene.Open(2, 1);
        _scene.Append(1, 1, WriterScene.Plan("warm-up", 0));
        _scene.Append(1, 1, WriterScene.Plan("a", 1));
        _scene.Append(2, 1, WriterScene.Plan("b", 1));
        _scene.Commit();
        _scene.Pass(Soon);

        _scene.Commit(fenced: 1);

        Assert.Contains(_scene.Replies, r => r is AppendFenced { Term.Shard: 1 });
        Assert.Contains(_scene.Replies, r => r is Appended { Term.Shard: 2 });
        Assert.DoesNotContain(_scene.History, h => h.Events.Any(e => e.Write.JobId == "a"));
        var ended = Assert.Single(_scene.Ended);
        Assert.True(ended.Fenced);
        Assert.Equal(1, ended.FencedWrites);
        Assert.Equal([new ShardTerm(1, 1)], ended.Terms);
    }

    [Fact]
    public void An_append_of_an_earlier_term_is_fenced_without_asking_the_store()
    {
        _scene.Open(1, epoch: 5);

        _scene.Append(1, epoch: 4, WriterScene.Plan("a", 0));

        Assert.IsType<AppendFenced>(Assert.Single(_scene.Replies));
        Assert.Empty(_scene.Log.Batches);
    }

    [Fact]
    public void A_flush_with_an_unknown_outcome_ends_its_terms_and_is_not_repeated()
    {
        _scene.Open(1, 1);
        _scene.Open(2, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));

        _scene.Fail(new TimeoutException("the connection broke"));
        _scene.Append(1, 1, WriterScene.Plan("a", 1));
        _scene.Append(2, 1, WriterScene.Plan("b", 1));
        _scene.Pass(Soon);

        var ended = Assert.Single(_scene.Ended);
        Assert.False(ended.Fenced);
        Assert.Equal([new ShardTerm(1, 1)], ended.Terms);
        Assert.Equal(2, _scene.Log.Batches.Count);
        Assert.Equal("b", Assert.Single(_scene.Log.Batches[1].Events).Write.JobId);
    }

    [Fact]
    public void A_refused_value_is_told_to_its_sender_alone_and_everything_else_is_committed()
    {
        _scene.Open(1, 1);
        _scene.Open(2, 1);
        _scene.Append(1, 1, WriterScene.Plan("warm-up", 0));
        _scene.Append(1, 1, WriterScene.Plan("good", 1));
        _scene.Append(1, 1, WriterScene.Plan("bad", 2));
        _scene.Append(2, 1, WriterScene.Plan("other", 3));
        _scene.Commit();
        _scene.Pass(Soon);

        CommitAllBut("bad");

        var refused = Assert.IsType<AppendRefused>(Assert.Single(_scene.Replies, r => r is AppendRefused));
        Assert.Equal("no such value", refused.Problem);
        var recorded = _scene.History.SelectMany(h => h.Events).Select(e => e.Write.JobId);
        Assert.Equal(["good", "other", "warm-up"], recorded.Order(StringComparer.Ordinal));
        Assert.Empty(_scene.Ended);
    }

    [Fact]
    public void Of_several_writes_that_replace_one_row_a_batch_holds_the_last()
    {
        _scene.Open(1, 1);
        _scene.Append(1, 1, WriterScene.Plan("warm-up", 0));
        var run = new OccurrenceRun("a", WriterScene.Noon, WriterScene.Noon, 1, Outcome.Skipped, "paused");
        _scene.Append(1, 1, new SaveOccurrenceRun(run));
        _scene.Append(1, 1, new SaveOccurrenceRun(run with { Count = 2 }));
        _scene.Commit();
        _scene.Pass(Soon);

        var kept = Assert.Single(_scene.Log.Batches[1].Events);
        Assert.Equal(2, Assert.IsType<SaveOccurrenceRun>(kept.Write).Run.Count);

        _scene.Commit();
        Assert.Equal(3, _scene.Replies.OfType<Appended>().Count());
    }

    [Fact]
    public void Stamps_of_a_shard_never_go_back()
    {
        _scene.Open(1, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));
        _scene.Commit();
        _scene.Pass(Soon);
        _scene.Append(1, 1, WriterScene.Plan("a", 1));
        _scene.Commit();

        var stamps = _scene.History.SelectMany(h => h.Events).Select(e => e.At).ToArray();
        Assert.Equal(stamps.Order(), stamps);
        Assert.Equal(2, stamps.Distinct().Count());
    }

    [Fact]
    public void A_quiet_writer_lingers_so_that_two_flushes_do_not_start_close_together()
    {
        _scene.Open(1, 1);
        _scene.Append(1, 1, WriterScene.Plan("a", 0));
        _scene.Commit();

        _scene.Append(1, 1, WriterScene.Plan("a", 1));
        Assert.Single(_scene.Log.Batches);

        _scene.Pass(new ShardWriterOptions().Linger);
        Assert.Equal(2, _scene.Log.Batches.Count);
    }

    private void CommitAllBut(string job)
    {
        for (var flushes = 0; _scene.Log.InFlight > 0; flushes++)
        {
            Assert.True(flushes < 20, "The writer did not come to rest after 20 flushes.");
            if (_scene.Log.Batches[^1].Events.Any(e => e.Write.JobId == job))
            {
                _scene.Fail(new AppendRejectedException("no such value"));
            }
            else
            {
                _scene.Commit();
            }
        }
    }
}
