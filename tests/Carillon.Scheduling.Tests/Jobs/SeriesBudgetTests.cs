using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class SeriesBudgetTests
{
    private static readonly ShardTerm First = new(0, 1);
    private static readonly ShardTerm Second = new(1, 1);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(5, 256)]
    [InlineData(1_000, 16)]
    public void Node_alone_gives_exactly_the_limit_whatever_shards_ask(int maxJobs, int shards)
    {
        var budget = new SeriesBudget(maxJobs, shards);
        for (var shard = 0; shard < shards; shard++)
        {
            budget.Open(new ShardTerm(shard, 1), taken: 0);
        }

        var given = Enumerable.Range(0, maxJobs + 10).Count(i => budget.TryTake(new ShardTerm(i * 7 % shards, 1)));

        Assert.Equal(maxJobs, given);
    }

    [Fact]
    public void Nodes_with_parts_of_the_shards_give_parts_of_the_limit()
    {
        var (one, other) = (new SeriesBudget(10, 2), new SeriesBudget(10, 2));
        one.Open(First, taken: 0);
        other.Open(Second, taken: 0);

        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => one.TryTake(First)));
        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => other.TryTake(Second)));
    }

    [Fact]
    public void Shard_brings_what_its_jobs_have_and_takes_it_away_again()
    {
        var budget = new SeriesBudget(4, 2);
        budget.Open(First, taken: 3);
        Assert.False(budget.TryTake(First)); // half of the shards, half of the limit
        budget.Open(Second, taken: 0);
        Assert.True(budget.TryTake(Second));
        Assert.False(budget.TryTake(Second));

        budget.Close(First);
        budget.Close(First);

        Assert.True(budget.TryTake(Second));
        Assert.False(budget.TryTake(Second));
    }

    [Fact]
    public void Place_that_is_given_back_is_there_for_the_next()
    {
        var budget = new SeriesBudget(1, 1);
        budget.Open(First, taken: 0);
        Assert.True(budget.TryTake(First));
        Assert.False(budget.TryTake(First));

        budget.Return(First);

        Assert.True(budget.TryTake(First));
    }

    [Fact]
    public async Task Shard_decides_when_a_job_is_created_and_what_was_refused_takes_no_place()
    {
        var dispatcher = new DeterministicDispatcher(1);
        var time = new VirtualTimeProvider(Sample.Noon, dispatcher);
        await using var system = new ActorSystem("world", new ActorSystemOptions { Time = time, Dispatcher = dispatcher, Random = new Random(1) });
        var (writer, caller) = (new Recorder<Append>(), new Recorder<JobReply>());
        var context = JobWorld.Context() with { Series = new SeriesBudget(2, 1) };
        var known = Sample.EveryTenSeconds(d => d with { Id = "known" });
        var shared = Sample.EveryTenSeconds(d => d with { Id = "shared" }) with { SharesSeries = true };
        var recovery = new ShardRecovery { Term = First, Jobs = [known, shared] };
        var shard = system.Spawn<object>(
            "shard", () => new JobShard(recovery, context, writer, new Recorder<object>()), JobShard.SpawnOptions);

        Assert.False(Create("refused", append => new AppendRefused(append, "a test")));
        Assert.False(Create("second", Commit));
        Assert.True(Create("third", Commit));

        bool Create(string id, Func<Append, AppendResult> answer)
        {
            var definition = Sample.EveryTenSeconds(d => d with { Id = id }).Definition;
            shard.Tell(new PutJob(id, caller, definition, JobSource.Api, PutMode.Create));
            dispatcher.RunUntilIdle();
            var append = Assert.Single(writer.Take<Append>());
            append.ReplyTo!.Tell(answer(append));
            dispatcher.RunUntilIdle();
            return Assert.IsType<SaveJob>(Assert.Single(append.Writes)).Job.SharesSeries;
        }

        AppendResult Commit(Append append)
        {
            return new Appended(append, LastNo: 1);
        }
    }
}
