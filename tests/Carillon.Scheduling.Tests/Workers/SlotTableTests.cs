using Carillon.Model;
using Carillon.Scheduling.Tests.Jobs;

namespace Carillon.Scheduling.Tests.Workers;

public sealed class SlotTableTests
{
    private static readonly Dictionary<string, int> NoShares = new(StringComparer.Ordinal);

    [Fact]
    public void Slots_go_by_priority_then_to_the_job_that_had_one_the_longest_ago_then_by_arrival()
    {
        var table = new SlotTable(10, NoShares);
        table.Enqueue(Request("fourth", dueAt: 1) with { LastSlotTicks = Sample.At(20).UtcTicks });
        table.Enqueue(Request("third", dueAt: 4) with { LastSlotTicks = Sample.At(10).UtcTicks });
        table.Enqueue(Request("second", dueAt: 2));
        table.Enqueue(Request("after it", dueAt: 1));
        table.Enqueue(Request("first", dueAt: 3, priority: 1) with { LastSlotTicks = Sample.At(30).UtcTicks });
        table.Enqueue(Request("last", dueAt: 0, priority: -1));

        Assert.Equal(["first", "second", "after it", "third", "fourth", "last"], TakeAll(table));
    }

    [Fact]
    public void Order_holds_across_queues()
    {
        var table = new SlotTable(10, NoShares);
        table.Enqueue(Request("a", dueAt: 2, queue: "two"));
        table.Enqueue(Request("b", dueAt: 1, queue: "one"));

        Assert.Equal(["a", "b"], TakeAll(table));
    }

    [Fact]
    public void Full_worker_grants_nothing_until_a_slot_is_freed()
    {
        var table = new SlotTable(1, NoShares);
        table.Enqueue(Request("a", dueAt: 1));
        table.Enqueue(Request("b", dueAt: 2));

        Assert.Equal(["a"], TakeAll(table));
        table.Free("default");
        Assert.Equal(["b"], TakeAll(table));
        Assert.Equal(1, table.Active);
    }

    [Fact]
    public void Full_queue_does_not_hold_up_the_others()
    {
        var table = new SlotTable(10, new Dictionary<string, int>(StringComparer.Ordinal) { ["reports"] = 1 });
        table.Enqueue(Request("report 1", dueAt: 1, queue: "reports"));
        table.Enqueue(Request("report 2", dueAt: 2, queue: "reports"));
        table.Enqueue(Request("mail", dueAt: 3));

        Assert.Equal(["report 1", "mail"], TakeAll(table));
        table.Free("reports");
        Assert.Equal(["report 2"], TakeAll(table));
    }

    [Fact]
    public void Extra_slot_counts_until_it_is_freed()
    {
        var table = new SlotTable(1, NoShares);
        table.Enqueue(Request("a", dueAt: 1));
        TakeAll(table);
        table.TakeExtra("default");
        table.Enqueue(Request("b", dueAt: 2));

        table.Free("default");
        Assert.Empty(TakeAll(table));
        table.Free("default");
        Assert.Equal(["b"], TakeAll(table));
    }

    [Fact]
    public void Queues_tell_what_runs_and_what_waits()
    {
        var table = new SlotTable(2, new Dictionary<string, int>(StringComparer.Ordinal) { ["reports"] = 1 });
        table.Enqueue(Request("a", dueAt: 1));
        TakeAll(table);
        table.Enqueue(Request("b", dueAt: 9, priority: 5));
        table.Enqueue(Request("c", dueAt: 4));

        Assert.Equal(
            [new QueueState("reports", 1, 0, 0, null), new QueueState("default", 2, 1, 2, Sample.At(4))],
            table.Queues);
    }

    [Fact]
    public void Queue_with_a_limit_of_starts_waits_for_it_and_lets_others_pass()
    {
        var table = new SlotTable(10, NoShares, new Dictionary<string, StartLimit>(StringComparer.Ordinal) { ["reports"] = new() { Starts = 2, Per = TimeSpan.FromSeconds(10) } });
        foreach (var report in (string[])["1", "2", "3", "4"])
        {
            table.Enqueue(Request(report, dueAt: 1, queue: "reports"));
        }

        table.Enqueue(Request("mail", dueAt: 9));
        Assert.Equal(["1", "2", "mail"], TakeAll(table, now: 10));
        Assert.Equal(Sample.At(20), table.LimitedUntil);
        Assert.Empty(TakeAll(table, now: 19.9));

        Assert.Equal("3", table.TakeNext(Sample.At(20), out var wasLimited)!.Job.Id);
        Assert.True(wasLimited);
        table.FreeUnused("reports", Sample.At(20));
        Assert.Equal(["4"], TakeAll(table, now: 20));
    }

    private static SlotRequest Request(string job, double dueAt, int priority = 0, string queue = "default")
    {
        var definition = new JobDefinition { Id = job, Run = new ClassRun { Class = "test" }, Queue = queue, Priority = priority };
        return new SlotRequest(definition, Sample.At(dueAt), new Recorder<SlotGranted>(), For: null);
    }

    private static List<string> TakeAll(SlotTable table, double now = 100)
    {
        var taken = new List<string>();
        while (table.TakeNext(Sample.At(now), out _) is { } request)
        {
            taken.Add(request.Job.Id);
        }

        return taken;
    }
}
