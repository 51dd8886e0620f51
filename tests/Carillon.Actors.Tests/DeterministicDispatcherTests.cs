namespace Carillon.Actors.Tests;

public sealed class DeterministicDispatcherTests
{
    [Fact]
    public async Task Same_seed_gives_the_same_run_and_other_seeds_give_others()
    {
        var runs = new List<string>();
        for (var seed = 0; seed < 20; seed++)
        {
            var first = await RunOnce(seed);
            Assert.Equal(first, await RunOnce(seed));
            runs.Add(first);
        }

        Assert.True(runs.Distinct(StringComparer.Ordinal).Count() > 10, "different seeds should give different orders");
    }

    [Fact]
    public async Task Actors_that_never_rest_are_reported()
    {
        await using var world = new World();
        var actor = world.Spawn("a", a => a.On("again", () => a.Kernel.Self.Tell("again")));
        World.Tell(actor, "again");

        var endless = Assert.Throws<InvalidOperationException>(() => world.Dispatcher.RunUntilIdle(maxTurns: 1_000));
        Assert.Contains("1000 turns", endless.Message, StringComparison.Ordinal);

        _ = world.System.StopAsync(actor);
        world.Run();
    }

    [Fact]
    public async Task Running_from_inside_a_turn_is_refused()
    {
        await using var world = new World();
        InvalidOperationException? refused = null;
        world.Spawn("a", a => a.Starting = () => refused = Assert.Throws<InvalidOperationException>(world.Run));
        world.Run();

        Assert.NotNull(refused);
    }

    [Fact]
    public async Task Posted_asynchronous_call_resumes_on_the_dispatcher_and_on_virtual_time()
    {
        await using var world = new World();
        var steps = new List<string>();
        world.Dispatcher.Post(() => _ = Scenario());
        world.Run();
        Assert.Equal(["begun"], steps);

        world.Advance(3);
        Assert.Equal(["begun", "3 s later on the same thread"], steps);

        async Task Scenario()
        {
            var thread = Environment.CurrentManagedThreadId;
            steps.Add("begun");
            await Task.Delay(TimeSpan.FromSeconds(3), world.Time);
            var where = thread == Environment.CurrentManagedThreadId ? "the same thread" : "another thread";
            steps.Add($"{(world.Time.GetUtcNow() - World.Start).TotalSeconds} s later on {where}");
        }
    }

    private static async Task<string> RunOnce(int seed)
    {
        await using var world = new World(seed);
        for (var i = 0; i < 4; i++)
        {
            var actor = world.Spawn($"a{i}");
            World.Tell(actor, "1", "2", "3");
        }

        world.Run();
        return string.Join(' ', world.Journal.All);
    }
}
