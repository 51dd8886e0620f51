using System.Globalization;
using Carillon.Cluster;
using Carillon.Model;
using Npgsql;

namespace Carillon.Conformance.Tests;

/// <summary>
/// The traps of the protocol on PostgreSQL, each with its interleaving forced by locks that the test holds.
/// </summary>
[Collection(PostgresTestGroup.Name)]
public sealed class PostgreSqlTrapTests(PostgresFixture server) : PostgreSqlScene(server)
{
    [Fact]
    public async Task Append_that_meets_an_uncommitted_take_over_waits_and_is_fenced()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)));
        await using var taker = await Harness.ConnectAsync();
        await using var takeOver = await taker.BeginTransactionAsync();
        await TakeOverAsync(taker, owner.TermOf("a"));

        var append = owner.AppendAsync(
            owner.Event(Sample.Started(Sample.Key("a", 1))), owner.Event(Sample.Finish(Sample.Key("a", 0))));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "FOR NO KEY UPDATE");
        await takeOver.CommitAsync();

        Assert.Equal([owner.TermOf("a").Shard], await append);
        Assert.Equal([(Sample.Key("a", 0), null)], await RowsAsync());
    }

    [Fact]
    public async Task Append_that_meets_a_take_over_rolled_back_commits()
    {
        var owner = await Owner.ClaimAsync(Node);
        await using var taker = await Harness.ConnectAsync();
        await using var takeOver = await taker.BeginTransactionAsync();
        await TakeOverAsync(taker, owner.TermOf("a"));

        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "FOR NO KEY UPDATE");
        await takeOver.RollbackAsync();

        Assert.Empty(await append);
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task Claim_that_meets_an_append_under_way_waits_and_its_load_sees_the_append()
    {
        var owner = await Owner.ClaimAsync(Node);
        var successor = await Harness.OpenNodeAsync();
        await using var blocker = await Harness.ConnectAsync();
        await HoldAsync(blocker, Sample.Key("a", 1));
        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "INSERT INTO execution");

        var claim = successor.Cluster.ClaimAsync(successor.Incarnation, [owner.TermOf("a")], None);
        await Sessions.UntilWaitingAsync(Application(successor), "Lock", "FOR UPDATE OF s");
        await ExecuteAsync(blocker, "ROLLBACK");

        Assert.Empty(await append);
        var term = Assert.Single(await claim);
        var recovery = Assert.Single(await successor.Log.LoadAsync([term], None));
        Assert.Equal(Sample.Key("a", 1), Assert.Single(recovery.Open).Key);
    }

    [Fact]
    public async Task Load_tells_of_one_moment_though_rows_change_between_its_statements()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 1)));
        await using var writer = await Harness.ConnectAsync();
        await ExecuteAsync(writer, "BEGIN");
        await ExecuteAsync(writer, "LOCK TABLE execution IN ACCESS EXCLUSIVE MODE");
        await ExecuteAsync(writer, "DELETE FROM execution");
        var reader = await Harness.OpenNodeAsync();

        var load = reader.Log.LoadAsync([owner.TermOf("a")], None);
        await Sessions.UntilWaitingAsync(Application(reader), "Lock", "FROM execution");
        await ExecuteAsync(writer, "COMMIT");

        Assert.Equal(Sample.Key("a", 1), Assert.Single(Assert.Single(await load).Open).Key);
    }

    [Fact]
    public async Task Claim_of_a_shard_whose_writer_is_stuck_leaves_it_and_takes_the_others()
    {
        var owner = await Owner.ClaimAsync(Node);
        Harness.LockTimeout = TimeSpan.FromMilliseconds(500);
        var successor = await Harness.OpenNodeAsync();
        await using var blocker = await Harness.ConnectAsync();
        await HoldAsync(blocker, Sample.Key("a", 1));
        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "INSERT INTO execution");

        var taken = await successor.Cluster.ClaimAsync(successor.Incarnation, owner.Terms, None);

        Assert.Equal(Owner.ShardCount - 1, taken.Count);
        Assert.DoesNotContain(taken, term => term.Shard == owner.TermOf("a").Shard);
        await ExecuteAsync(blocker, "ROLLBACK");
        Assert.Empty(await append);
    }

    [Fact]
    public async Task Append_of_an_old_term_that_was_sent_before_the_node_lost_and_regained_the_shard_is_fenced()
    {
        var owner = await Owner.ClaimAsync(Node);
        var shard = owner.TermOf("a").Shard;
        await using var mover = await Harness.ConnectAsync();
        await using var move = await mover.BeginTransactionAsync();
        await ExecuteAsync(mover, $"UPDATE shard SET epoch = epoch + 2 WHERE id = {shard}");

        var append = owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("a", 1))));
        await Sessions.UntilWaitingAsync(Application(Node), "Lock", "FOR NO KEY UPDATE");
        await move.CommitAsync();

        Assert.Equal([shard], await append);
        Assert.Equal(Node.Incarnation, (await Node.Cluster.ReadShardsAsync(None))[shard].Owner);
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task DeclareDead_ends_the_sessions_that_hold_the_locks_of_the_dead()
    {
        var dead = await Harness.OpenNodeAsync();
        await dead.Cluster.JoinAsync(dead.Row("dead"), TestTimes.Lease, None);
        var owner = await Owner.ClaimAsync(dead);
        await using var paused = await Harness.ConnectAsync(Application(dead));
        await using var open = await paused.BeginTransactionAsync();
        await ExecuteAsync(paused, "SELECT id FROM shard FOR NO KEY UPDATE");
        Assert.Contains(dead.Incarnation, (await Node.Cluster.ReadSessionsAsync(TimeSpan.Zero, None)).Incarnations);
        Assert.Empty(await Node.Cluster.ClaimAsync(Node.Incarnation, owner.Terms, None));

        Assert.True(await Node.Cluster.DeclareDeadAsync(dead.Incarnation, 0, None));

        await Sessions.UntilGoneAsync(Application(dead));
        Assert.DoesNotContain(dead.Incarnation, (await Node.Cluster.ReadSessionsAsync(TimeSpan.Zero, None)).Incarnations);
        Assert.Equal(Owner.ShardCount, (await Node.Cluster.ClaimAsync(Node.Incarnation, owner.Terms, None)).Count);
    }

    [Fact]
    public async Task Session_killed_before_its_commit_leaves_nothing_and_the_next_append_reconnects()
    {
        var owner = await Owner.ClaimAsync(Node);
        await using var blocker = await Harness.ConnectAsync();
        await HoldAsync(blocker, Sample.Key("a", 1));
        var append = owner.AppendAsync(
            owner.Event(Sample.Started(Sample.Key("b", 0))), owner.Event(Sample.Started(Sample.Key("a", 1))));
        var pid = await Sessions.UntilWaitingAsync(Application(Node), "Lock", "INSERT INTO execution");

        await Sessions.TerminateAsync(pid);

        await Task.WhenAny(append);
        Assert.True(append.IsFaulted, "an append whose session was killed succeeded");
        Assert.IsNotType<AppendRejectedException>(append.Exception.InnerException);
        await ExecuteAsync(blocker, "ROLLBACK");
        Assert.Empty(await RowsAsync());
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 2)));
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task Session_killed_after_its_commit_loses_the_answer_and_keeps_the_rows()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)));
        await ExecuteAsync(Raw, "ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        Task<IReadOnlySet<int>> append;
        try
        {
            // A commit is done and durable here before it waits for the standby, which never answers.
            await ExecuteAsync(Raw, "SELECT pg_reload_conf()");
            (append, var pid) = await AppendUntilOneWaitsAsync(owner);
            await Sessions.TerminateAsync(pid);
            await Sessions.UntilEndedAsync(pid);
        }
        finally
        {
            await ExecuteAsync(Raw, "ALTER SYSTEM RESET synchronous_standby_names");
            await ExecuteAsync(Raw, "SELECT pg_reload_conf()");
        }

        await Task.WhenAny(append);
        Assert.True(append.IsFaulted, "an append whose session was killed succeeded");
        Assert.IsNotType<AppendRejectedException>(append.Exception.InnerException);
        var recovery = await owner.LoadAsync("b");
        Assert.Equal(owner.LastNo("b"), recovery.LastNo);
        Assert.Equal(recovery.LastNo, recovery.Open.Count);
    }

    [Fact]
    public async Task Attempt_of_a_day_without_partition_makes_it()
    {
        var owner = await Owner.ClaimAsync(Node);
        const int Day = 86_400;
        var keys = new[] { -400, -40, -2, -1, 0, 1, 90 }.Select(day => Sample.Key("a", day * Day)).ToArray();

        await owner.RecordAsync([.. keys.Select(key => Sample.Started(key))]);
        await owner.RecordAsync([.. keys.Select(key => Sample.Finish(key))]);

        Assert.Equal(keys.Select(key => (key, (Outcome?)Outcome.Succeeded)), await RowsAsync());
    }

    [Fact]
    public async Task End_of_an_attempt_that_was_never_recorded_changes_nothing_on_a_day_without_partition()
    {
        var owner = await Owner.ClaimAsync(Node);
        var day = TestTimes.Noon.AddDays(200);

        Assert.Empty(await owner.AppendAsync(owner.Event(Sample.Finish(new AttemptKey("a", day, 1)), day)));

        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Ends_are_found_by_probing_the_key_though_the_plan_was_made_on_an_empty_table()
    {
        const int Rounds = 10;
        const int Jobs = 200;
        await ExecuteAsync(Raw, "VACUUM ANALYZE");
        var incarnation = Guid.NewGuid();
        var store = await Harness.OpenStoreAsync(incarnation);
        var owner = await Owner.ClaimAsync(StoreNode.Of(incarnation, store));
        await owner.RecordAsync(Sample.Finish(Sample.Key("nobody", 0)));
        for (var round = 0; round < Rounds; round++)
        {
            var keys = Enumerable.Range(0, Jobs).Select(job => Sample.Key($"job-{job}", round)).ToArray();
            await owner.RecordAsync([.. keys.Select(key => Sample.Started(key))]);
            await owner.RecordAsync([.. keys.Select(key => Sample.Finish(key))]);
        }

        // A session reports what it read when it ends.
        await store.DisposeAsync();
        await Sessions.UntilGoneAsync(incarnation.ToString("D"));
        await using var command = new NpgsqlCommand(
            """
            SELECT idx_tup_read FROM pg_stat_user_indexes
            WHERE schemaname = $1 AND indexrelname = 'execution_p20261122_pkey'
            """,
            Raw);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Harness.Schema });
        var read = (long)(await command.ExecuteScalarAsync())!;
        Assert.InRange(read, Rounds * Jobs, 3 * Rounds * Jobs);
    }

    [Fact]
    public async Task Partitions_are_added_while_a_reader_holds_the_table()
    {
        var owner = await Owner.ClaimAsync(Node);
        await using var reader = await Harness.ConnectAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await ExecuteAsync(reader, "SELECT count(*) FROM execution");
        var later = TestTimes.Noon.AddDays(30);

        await Node.Maintenance.PrepareAsync(later, None);

        await owner.AppendAsync(owner.Event(Sample.Started(new AttemptKey("a", later, 1)), later));
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task Partition_left_half_removed_is_removed_by_the_next_run()
    {
        await Node.Maintenance.PrepareAsync(TestTimes.Noon.AddDays(-20), None);
        var owner = await Owner.ClaimAsync(Node);
        var old = Sample.Key("a", -20 * 86_400);
        await owner.RecordAsync(Sample.Started(old));
        await owner.RecordAsync(Sample.Finish(old));
        await ExecuteAsync(Raw, "ALTER TABLE execution DETACH PARTITION execution_p20261102");

        while (await Node.Maintenance.DeleteExpiredAsync(new Expiry(TestTimes.Noon, TestTimes.Noon, TestTimes.Noon), 100, None))
        {
            // One partition in each step.
        }

        await using var command = new NpgsqlCommand(
            """
            SELECT relname::text FROM pg_class
            WHERE relkind = 'r' AND relname LIKE 'execution_p%' AND relnamespace = current_schema()::regnamespace
            ORDER BY 1
            """,
            Raw);
        Assert.Equal<object>("execution_p20261122", await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Attempt_scheduled_into_a_partition_left_half_removed_brings_it_back_with_its_rows()
    {
        var owner = await Owner.ClaimAsync(Node);
        var old = Sample.Key("a", -20 * 86_400);
        await owner.RecordAsync(Sample.Started(old));
        await ExecuteAsync(Raw, "ALTER TABLE execution DETACH PARTITION execution_p20261102");
        Assert.Empty(await RowsAsync());

        await owner.RecordAsync(Sample.Started(old with { JobId = "b" }));

        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Server_under_test_does_not_run_as_root()
    {
        var status = await File.ReadAllLinesAsync($"/proc/{Server.Server.ProcessId}/status");

        var user = Assert.Single(status, line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1];
        Assert.NotEqual(0, int.Parse(user, CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// Appends one attempt of job b after the other until the server has taken its new setting and a commit waits.
    /// </summary>
    private async Task<(Task<IReadOnlySet<int>> Append, int Pid)> AppendUntilOneWaitsAsync(Owner owner)
    {
        var seconds = 0;
        var append = AppendNextAsync();
        var pid = await Sessions.UntilAsync(
            "a commit to wait for the standby",
            "SELECT pid FROM pg_stat_activity WHERE application_name = $1 AND wait_event = 'SyncRep'",
            () => append = append.IsCompleted ? AppendNextAsync() : append,
            Application(Node));
        return (append, pid);

        Task<IReadOnlySet<int>> AppendNextAsync()
        {
            return owner.AppendAsync(owner.Event(Sample.Started(Sample.Key("b", seconds++))));
        }
    }

    private async Task<List<(AttemptKey Key, Outcome? Outcome)>> RowsAsync()
    {
        await using var command = new NpgsqlCommand(
            "SELECT job_id, scheduled_at, attempt, outcome FROM execution ORDER BY scheduled_at, job_id, attempt", Raw);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(AttemptKey Key, Outcome? Outcome)>();
        while (await reader.ReadAsync())
        {
            rows.Add(Row(reader));
        }

        return rows;
    }

    private static (AttemptKey Key, Outcome? Outcome) Row(NpgsqlDataReader row)
    {
        return (
            new AttemptKey(row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt16(2)),
            row.IsDBNull(3) ? null : (Outcome)row.GetInt16(3));
    }
}
