using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Conformance.Tests;

/// <summary>The contract of <see cref="IJobStore"/>.</summary>
public abstract class JobStoreSuite(StoreHarness harness) : StoreSuite(harness)
{
    [Fact]
    public async Task List_of_an_empty_store_is_empty()
    {
        var page = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery(), None);

        Assert.Equal((0, null, 0L, true), (page.Items.Count, page.NextCursor, page.Total, page.TotalIsExact));
    }

    [Fact]
    public async Task List_has_open_ones_by_schedule_then_finished_ones_by_their_end()
    {
        await RecordHistoryAsync();

        var page = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery(), None);

        Assert.Equal(
            [("b", 40), ("a", 30), ("b", 20), ("a", 0), ("b", 10), ("a", 10)],
            page.Items.Select(item => (item.JobId, (int)(item.ScheduledAt - TestTimes.Noon).TotalSeconds)));
        Assert.Equal((null, 6L, true), (page.NextCursor, page.Total, page.TotalIsExact));
    }

    [Fact]
    public async Task List_gives_every_attempt_oldest_first_with_the_names_of_its_nodes()
    {
        await RecordHistoryAsync();

        var page = await Node.Jobs.ListExecutionsAsync(
            new ExecutionQuery { JobId = "a", Status = ExecutionStatus.Failed }, None);

        var execution = Assert.Single(page.Items);
        Assert.Equal([1, 2, 3], execution.Attempts.Select(attempt => attempt.Key.Attempt));
        Assert.Equal([false, false, true], execution.Attempts.Select(attempt => attempt.Result!.Final));
        Assert.Equal("node-a", Assert.Single(execution.NodeNames).Value);
        Assert.Equal(ExecutionId.Of("a", TestTimes.Noon), execution.Id);
    }

    [Theory]
    [InlineData(null, 6)]
    [InlineData(ExecutionStatus.Pending, 1)]
    [InlineData(ExecutionStatus.Running, 1)]
    [InlineData(ExecutionStatus.Succeeded, 1)]
    [InlineData(ExecutionStatus.Failed, 1)]
    [InlineData(ExecutionStatus.TimedOut, 0)]
    [InlineData(ExecutionStatus.Cancelled, 1)]
    [InlineData(ExecutionStatus.Lost, 1)]
    public async Task List_by_status_looks_at_the_last_attempt(ExecutionStatus? status, int count)
    {
        await RecordHistoryAsync();

        var page = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery { Status = status }, None);

        Assert.Equal((count, (long)count), (page.Items.Count, page.Total));
    }

    [Fact]
    public async Task List_filters_by_job_time_trigger_and_node()
    {
        await RecordHistoryAsync();

        Assert.Equal(3, await CountAsync(new ExecutionQuery { JobId = "b" }));
        Assert.Equal(0, await CountAsync(new ExecutionQuery { JobId = "c" }));
        Assert.Equal(2, await CountAsync(new ExecutionQuery { From = TestTimes.At(30) }));
        Assert.Equal(1, await CountAsync(new ExecutionQuery { To = TestTimes.At(10) }));
        Assert.Equal(3, await CountAsync(
            new ExecutionQuery { From = TestTimes.At(10).ToOffset(TimeSpan.FromHours(5)), To = TestTimes.At(30) }));
        Assert.Equal(2, await CountAsync(new ExecutionQuery { Trigger = TriggerKind.Manual }));
        Assert.Equal(4, await CountAsync(new ExecutionQuery { Node = "node-a" }));
        Assert.Equal(0, await CountAsync(new ExecutionQuery { Node = "node-z" }));
        Assert.Equal(
            1, await CountAsync(new ExecutionQuery { Node = "node-a", JobId = "b", Status = ExecutionStatus.Lost }));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a")]
    public async Task List_in_pages_has_every_execution_once_and_in_order(string? jobId)
    {
        var owner = await Owner.ClaimAsync(Node);
        var keys = Enumerable.Range(0, 30).Select(i => Sample.Key(i % 3 == 0 ? "b" : "a", i / 3)).Distinct().ToArray();
        await owner.RecordAsync([.. keys.Select(key => Sample.Started(key))]);
        var at = TestTimes.At(100);
        await owner.AppendAsync([.. keys.Take(14).Select(key => owner.Event(Sample.Finish(key), at))]);
        var whole = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery { JobId = jobId }, None);

        var paged = new List<Guid>();
        var query = new ExecutionQuery { JobId = jobId, Limit = 3 };
        ExecutionPage page;
        do
        {
            page = await Node.Jobs.ListExecutionsAsync(query, None);
            Assert.Equal((whole.Total, true), (page.Total, page.TotalIsExact));
            paged.AddRange(page.Items.Select(item => item.Id));
            query = query with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null && paged.Count <= keys.Length);

        Assert.Equal(whole.Items.Select(item => item.Id), paged);
        Assert.Equal(paged.Count, paged.Distinct().Count());
    }

    [Fact]
    public async Task List_ends_without_a_cursor_where_the_page_is_just_full()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 0)), Sample.Started(Sample.Key("a", 1)));

        var page = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery { Limit = 2 }, None);

        Assert.Equal((2, null), (page.Items.Count, page.NextCursor));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("not base64!")]
    [InlineData("bm90IGEgY3Vyc29y")]
    public async Task List_with_a_cursor_that_no_page_gave_is_refused(string cursor)
    {
        var refused = await Assert.ThrowsAsync<InvalidCursorException>(
            () => Node.Jobs.ListExecutionsAsync(new ExecutionQuery { Cursor = cursor }, None));

        Assert.Contains($"'{cursor}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_counts_to_ten_thousand_and_says_where_it_stopped()
    {
        var owner = await Owner.ClaimAsync(Node);
        var keys = Enumerable.Range(0, 10_001).Select(i => Sample.Key("a", i)).ToArray();
        foreach (var part in keys.Take(10_000).Chunk(2_500))
        {
            await owner.RecordAsync([.. part.Select(key => Sample.Started(key))]);
        }

        await owner.RecordAsync([.. keys.Take(5_000).Select(key => Sample.Finish(key))]);
        var exact = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery { Limit = 1 }, None);
        await owner.RecordAsync(Sample.Started(keys[^1]));
        var more = await Node.Jobs.ListExecutionsAsync(new ExecutionQuery { Limit = 1 }, None);

        Assert.Equal((10_000, true), (exact.Total, exact.TotalIsExact));
        Assert.Equal((10_000, false), (more.Total, more.TotalIsExact));
    }

    [Fact]
    public async Task Find_tells_executions_of_the_same_instant_apart()
    {
        var owner = await Owner.ClaimAsync(Node);
        await owner.RecordAsync([.. Enumerable.Range(0, 50).Select(i => Sample.Started(Sample.Key($"job-{i}", 0)))]);

        var found = await Node.Jobs.FindExecutionAsync(ExecutionId.Of("job-17", TestTimes.Noon), None);

        Assert.Equal(("job-17", TestTimes.Noon, 1), (found?.JobId, found?.ScheduledAt, found?.Attempts.Count));
    }

    [Fact]
    public async Task Find_of_an_unknown_id_is_null()
    {
        await RecordHistoryAsync();

        Assert.Null(await Node.Jobs.FindExecutionAsync(ExecutionId.Of("c", TestTimes.Noon), None));
        Assert.Null(await Node.Jobs.FindExecutionAsync(Guid.Empty, None));
        Assert.Null(await Node.Jobs.FindExecutionAsync(Guid.NewGuid(), None));
    }

    [Fact]
    public async Task Execution_on_a_node_that_died_keeps_its_name()
    {
        await RecordHistoryAsync();
        await Node.Cluster.LeaveAsync(Node.Incarnation, None);

        var found = await Node.Jobs.FindExecutionAsync(ExecutionId.Of("a", TestTimes.Noon), None);

        Assert.Equal("node-a", found?.NodeNames[Node.Incarnation]);
    }

    [Fact]
    public async Task Output_is_kept_for_each_attempt_that_printed_something()
    {
        var owner = await Owner.ClaimAsync(Node);
        var first = Sample.Key("a", 0);
        await owner.RecordAsync(Sample.Started(first), Sample.Started(Sample.Key("b", 0)));
        await FinishAsync(owner, 1, Printed(Sample.Finish(first, Outcome.Failed, final: false), "one\n\uFFFD €"));
        await owner.RecordAsync(Sample.Started(first with { Attempt = 2 }));
        await FinishAsync(owner, 2, Sample.Finish(first with { Attempt = 2 }, Outcome.Failed, final: false));
        await owner.RecordAsync(Sample.Started(first with { Attempt = 3 }));
        await FinishAsync(owner, 3, Printed(Sample.Finish(first with { Attempt = 3 }), new string('x', 100_000)));

        var output = await Node.Jobs.ReadOutputAsync(first.ExecutionId, None);

        Assert.Equal([new(1, "one\n\uFFFD €"), new(3, new string('x', 100_000))], output);
        Assert.Empty(await Node.Jobs.ReadOutputAsync(Sample.Key("b", 0).ExecutionId, None));
        Assert.Empty(await Node.Jobs.ReadOutputAsync(Guid.NewGuid(), None));
    }

    [Fact]
    public async Task Record_of_an_occurrence_is_its_execution_and_the_stretch_around_it()
    {
        await RecordHistoryAsync();
        var owner = await Owner.ClaimAsync(Node);
        OccurrenceRun[] runs =
        [
            new("a", TestTimes.At(-90), TestTimes.At(-70), 3, Outcome.Skipped, "overlap"),
            new("a", TestTimes.At(-60), TestTimes.At(-20), 5, Outcome.Misfired, "grace"),
        ];
        await owner.AppendAsync([.. runs.Select(run => new ShardEvent(owner.TermOf("a"), 900, TestTimes.Noon, new SaveOccurrenceRun(run)))]);

        var ran = await FindAsync("a", 0);
        var inside = await FindAsync("a", -40);
        var between = await FindAsync("a", -65);
        var other = await FindAsync("b", 0);
        var second = await Node.Jobs.FindOccurrenceAsync("b", TestTimes.At(9), TestTimes.At(11), None);

        Assert.Equal((3, "node-a"), (ran.Execution?.Attempts.Count, ran.Execution?.NodeNames.Values.Single()));
        Assert.Null(ran.Stretch);
        Assert.Equal((null, runs[1], 900L), (inside.Execution, inside.Stretch?.Run, inside.Stretch?.No));
        Assert.Equal(new OccurrenceRecord(null, null), between);
        Assert.Equal(new OccurrenceRecord(null, null), other);
        Assert.Equal(TestTimes.At(10), second.Execution?.ScheduledAt);
    }

    private Task<OccurrenceRecord> FindAsync(string jobId, int seconds)
    {
        return Node.Jobs.FindOccurrenceAsync(jobId, TestTimes.At(seconds), TestTimes.At(seconds).AddMicroseconds(1), None);
    }

    private static FinishAttempt Printed(FinishAttempt finish, string output)
    {
        return finish with { Result = finish.Result with { Output = output } };
    }

    private async Task<int> CountAsync(ExecutionQuery query)
    {
        var page = await Node.Jobs.ListExecutionsAsync(query, None);
        Assert.Equal(page.Items.Count, page.Total);
        return page.Items.Count;
    }

    /// <summary>Job a: failed after retries, succeeded, running. Job b: cancelled, lost, pending.</summary>
    private async Task RecordHistoryAsync()
    {
        var owner = await Owner.ClaimAsync(Node);
        await Node.Cluster.JoinAsync(Node.Row("node-a"), TestTimes.Lease, None);
        var me = Node.Incarnation;
        var failed = Sample.Key("a", 0);
        await owner.RecordAsync(
            Sample.Started(failed, me), Sample.Started(Sample.Key("a", 10), me), Sample.Waiting(Sample.Key("b", 10)));
        await FinishAsync(owner, 11, Sample.Finish(Sample.Key("a", 10)));
        await FinishAsync(owner, 12, Sample.Finish(failed, Outcome.Lost, final: false));
        await owner.RecordAsync(Sample.Started(failed with { Attempt = 2 }, me));
        await FinishAsync(owner, 13, Sample.Finish(Sample.Key("b", 10), Outcome.Cancelled));
        await FinishAsync(owner, 14, Sample.Finish(failed with { Attempt = 2 }, Outcome.Failed, final: false));
        await owner.RecordAsync(
            Sample.Started(failed with { Attempt = 3 }, me), Sample.Started(Sample.Key("b", 20), me));
        await FinishAsync(owner, 15, Sample.Finish(failed with { Attempt = 3 }, Outcome.Failed));
        await FinishAsync(owner, 22, Sample.Finish(Sample.Key("b", 20), Outcome.Lost));
        await owner.RecordAsync(Sample.Started(Sample.Key("a", 30), me), Sample.Waiting(Sample.Key("b", 40)));
    }

    private static async Task FinishAsync(Owner owner, int seconds, FinishAttempt finish)
    {
        Assert.Empty(await owner.AppendAsync(owner.Event(finish, TestTimes.At(seconds))));
    }
}
