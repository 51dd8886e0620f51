using Carillon.Actors;
using Carillon.Cluster;
using Carillon.Model;

namespace Carillon.Scheduling.Tests.Jobs;

public sealed class JobShardTests
{
    private static readonly ShardTerm Term = new(3, 7);

    [Fact]
    public async Task Wish_of_an_earlier_actor_of_a_job_does_not_put_the_present_one_to_rest()
    {
        var dispatcher = new DeterministicDispatcher(1);
        var time = new VirtualTimeProvider(Sample.Noon, dispatcher);
        await using var system = new ActorSystem("world", new ActorSystemOptions { Time = time, Dispatcher = dispatcher, Random = new Random(1) });
        var job = Sample.EveryTenSeconds(d => d with { Schedule = new ScheduleSpec() });
        var (writer, caller) = (new Recorder<Append>(), new Recorder<JobReply>());
        var recovery = new ShardRecovery { Term = Term, Jobs = [job] };
        var shard = system.Spawn<object>(
            "shard", () => new JobShard(recovery, JobWorld.Context(), writer, new Recorder<object>()), JobShard.SpawnOptions);
        shard.Tell(new TriggerJob(job.Id, caller, Payload: null, IdempotencyKey: null));
        dispatcher.RunUntilIdle();
        var append = Assert.Single(writer.Take<Append>());

        shard.Tell(new WakeWish(job.Id, new Recorder<object>(), WakeAt: null, At: null, JobMemory.Of(job), Handled: 1));
        dispatcher.RunUntilIdle();
        append.ReplyTo!.Tell(new Appended(append, LastNo: 1));
        dispatcher.RunUntilIdle();

        Assert.Equal(JobReplyStatus.Done, Assert.Single(caller.Take<JobReply>()).Status);
    }
}
