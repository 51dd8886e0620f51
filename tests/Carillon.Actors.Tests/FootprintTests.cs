namespace Carillon.Actors.Tests;

/// <summary>Measures the whole heap, so nothing else may run beside it.</summary>
[Collection("alone")]
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class FootprintTests
{
    private const int Actors = 100_000;

    [Fact]
    public async Task Idle_actor_takes_at_most_256_bytes_with_its_name_and_its_place_in_the_tree()
    {
        await using var world = new ActorWorld();
        world.SpawnIdle(0, 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        world.SpawnIdle(1_000, Actors);
        var perActor = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Actors;

        Assert.InRange(perActor, 1, 256);
    }

    [Fact]
    public async Task Telling_where_messages_are_handled_allocates_nothing()
    {
        await using var world = new ActorWorld();
        var actor = world.Spawn("a");
        var message = new object();
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        const int Rounds = 10_000;
        for (var i = 0; i < Rounds; i++)
        {
            Round();
        }

        Assert.Equal(0, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);

        void Round()
        {
            actor.Tell(message);
            world.Dispatcher.RunUntilIdle();
        }
    }

    private sealed class ActorWorld : IAsyncDisposable
    {
        private static readonly Func<Actor<object>> Factory = static () => new Idle();

        private readonly ActorSystem _system;

        internal ActorWorld()
        {
            _system = new ActorSystem(
                "footprint",
                new ActorSystemOptions
                {
                    Time = new VirtualTimeProvider(World.Start, Dispatcher),
                    Dispatcher = Dispatcher,
                    Random = new Random(1),
                });
        }

        internal DeterministicDispatcher Dispatcher { get; } = new(1);

        public ValueTask DisposeAsync() => _system.DisposeAsync();

        internal IActorRef<object> Spawn(string name) => _system.Spawn(name, Factory);

        internal void SpawnIdle(int first, int count)
        {
            for (var i = first; i < first + count; i++)
            {
                Spawn($"job-{i:D6}");

                // In small groups, so that the dispatcher's own list stays small.
                if (i % 1_000 == 0)
                {
                    Dispatcher.RunUntilIdle();
                }
            }

            Dispatcher.RunUntilIdle();
        }
    }

    private sealed class Idle : Actor<object>
    {
        protected override void Receive(object message)
        {
            GC.KeepAlive(message);
        }
    }
}
