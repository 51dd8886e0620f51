using Carillon.Model;
using Carillon.Scheduling;

namespace Carillon.Conformance.Tests;

/// <summary>The groups of errors that <see cref="IJobStore"/> gives.</summary>
public abstract class ErrorSuite(StoreHarness harness) : StoreSuite(harness)
{
    private static readonly ErrorQuery Hour = new(TestTimes.Noon, TestTimes.Noon.AddHours(1));

    [Fact]
    public async Task Store_without_errors_has_no_groups()
    {
        var owner = await Owner.ClaimAsync(Node);
        await FinishAsync(owner, "a", 1, message: null);

        var page = await Node.Jobs.ListErrorsAsync(Hour, None);

        Assert.Equal((0, 0, 0L, true), (page.Groups.Count, page.Total, page.Errors, page.IsExact));
    }

    [Fact]
    public async Task Errors_are_counted_by_kind_over_all_attempts_with_the_newest_as_sample()
    {
        var owner = await RecordAsync();

        var page = await Node.Jobs.ListErrorsAsync(Hour, None);

        Assert.Equal((2, 5L, true), (page.Total, page.Errors, page.IsExact));
        var (orders, network) = (page.Groups[0], page.Groups[1]);
        Assert.Equal((3L, TestTimes.At(1), TestTimes.At(5), 2), (orders.Count, orders.FirstSeen, orders.LastSeen, orders.JobCount));
        Assert.Equal(["a", "b"], orders.JobIds);
        Assert.Equal(("b", "Order 5 is gone", "   at Shop.Run()"), (orders.Sample.Key.JobId, orders.Sample.Result?.Error?.Message, orders.Sample.Result?.Error?.Stack));
        Assert.Equal(ErrorFingerprint.Of(orders.Sample.Result!.Error!), orders.Fingerprint);
        Assert.Equal((2L, false), (network.Count, network.Sample.Result?.Final));
        Assert.Equal(owner.TermOf("a").Shard, network.Sample.Shard);
    }

    [Fact]
    public async Task Groups_are_those_of_a_job_and_of_a_period_and_no_more_than_asked_for()
    {
        await RecordAsync();

        var ofJob = await Node.Jobs.ListErrorsAsync(Hour with { JobId = "b" }, None);
        var ofPeriod = await Node.Jobs.ListErrorsAsync(Hour with { From = TestTimes.At(2), Until = TestTimes.At(4).ToOffset(TimeSpan.FromHours(2)) }, None);
        var one = await Node.Jobs.ListErrorsAsync(Hour with { Limit = 1 }, None);
        var none = await Node.Jobs.ListErrorsAsync(Hour with { JobId = "c" }, None);

        Assert.Equal((1L, TestTimes.At(5)), (Assert.Single(ofJob.Groups).Count, ofJob.Groups[0].FirstSeen));
        Assert.Equal(2, ofPeriod.Errors);
        Assert.Equal((1, 2, 5L), (one.Groups.Count, one.Total, one.Errors));
        Assert.Empty(none.Groups);
    }

    /// <summary>Three orders of jobs a and b that are gone, and two broken connections of a that are retried.</summary>
    private async Task<Owner> RecordAsync()
    {
        var owner = await Owner.ClaimAsync(Node);
        await FinishAsync(owner, "a", 1, "Order 1 is gone");
        await FinishAsync(owner, "a", 2, "Order 22 is gone");
        await FinishAsync(owner, "a", 3, "Connection to '127.0.0.1' was closed", final: false);
        await FinishAsync(owner, "a", 4, "Connection to '127.0.0.2' was closed", final: false);
        await FinishAsync(owner, "b", 5, "Order 5 is gone");
        await FinishAsync(owner, "b", 6, message: null);
        return owner;
    }

    private static async Task FinishAsync(Owner owner, string job, int seconds, string? message, bool final = true)
    {
        var key = Sample.Key(job, seconds);
        var finish = Sample.Finish(key, message is null ? Outcome.Succeeded : Outcome.Failed, final);
        var error = message is null ? null : new AttemptError("Broken", message, "   at Shop.Run()");
        await owner.RecordAsync(Sample.Started(key));
        await owner.AppendAsync(owner.Event(finish with { Result = finish.Result with { Error = error } }, TestTimes.At(seconds)));
    }
}
