namespace Carillon.Actors.Tests;

public sealed class SupervisionTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Resume_keeps_the_state_and_skips_the_failing_message()
    {
        var counts = new List<int>();
        var child = SpawnChild(_ => Directive.Resume, c => c.On("count", () => counts.Add(c.Received)));

        World.Tell(child, "count", "fail", "count");
        _world.Run();

        Assert.Equal(["c:count", "c:fail", "c:count"], _world.Journal.Take());
        Assert.Equal([1, 3], counts);
    }

    [Fact]
    public void Stop_ends_the_child_and_its_remaining_mail_is_dead()
    {
        var child = SpawnChild(_ => Directive.Stop);

        World.Tell(child, "fail", "one", "two");
        _world.Run();

        Assert.Equal(["c:fail", "c:PostStop"], _world.Journal.Take());
        Assert.Equal(2, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Strategy_sees_the_exception()
    {
        Exception? seen = null;
        var child = SpawnChild(e =>
        {
            seen = e;
            return Directive.Resume;
        });

        World.Tell(child, "fail");
        _world.Run();

        Assert.Equal("told to fail", Assert.IsType<InvalidOperationException>(seen).Message);
    }

    [Fact]
    public void Strategy_that_throws_stops_the_child()
    {
        var child = SpawnChild(_ => throw new InvalidOperationException("undecided"));

        World.Tell(child, "fail");
        _world.Run();

        Assert.Equal("c:PostStop", _world.Journal.Last);
        Assert.Contains(_world.Errors, x => x.Contains("strategy of /p", StringComparison.Ordinal));
    }

    [Fact]
    public void Escalated_failure_restarts_the_parent_and_so_stops_the_child()
    {
        var child = SpawnChild(_ => Directive.Escalate);

        World.Tell(child, "fail");
        _world.Advance(1);

        Assert.Equal(
            ["c:fail", "c:PostStop", "p:PreRestart", "p:PostStop", "p:PostRestart", "p:PreStart", "c:PreStart"],
            _world.Journal.Take());
        Assert.False(child.Tell("to the old one"));
    }

    [Fact]
    public void Child_whose_escalated_failure_is_resumed_works_again()
    {
        var resume = new ActorOptions { Supervisor = new SupervisorStrategy { Decide = _ => Directive.Resume } };
        var escalate = new ActorOptions { Supervisor = new SupervisorStrategy { Decide = _ => Directive.Escalate } };
        IActorRef<string>? child = null;
        _world.Spawn(
            "g",
            g => g.Starting = () => g.Kernel.Spawn(
                "p",
                _world.Factory("p", p => p.Starting = () => child = p.Kernel.Spawn("c", _world.Factory("c"))),
                escalate),
            resume);
        _world.Run();
        _world.Journal.Take();

        for (var round = 0; round < 3; round++)
        {
            World.Tell(child!, "fail", "works");
            _world.Run();
            Assert.Equal(["c:fail", "c:works"], _world.Journal.Take());
        }
    }

    [Fact]
    public void Child_of_a_failed_parent_waits_until_it_is_stopped()
    {
        // The parent's children stop only after the verdict; until then they must not carry on.
        IActorRef<string>? child = null;
        var parent = _world.Spawn("p", p => p.Starting = () => child ??= p.Kernel.Spawn("c", _world.Factory("c", c =>
            c.On("again", () => c.Kernel.Self.Tell("again")))));
        _world.Run();

        World.Tell(child!, "again");
        World.Tell(parent, "fail", "after");
        _world.Advance(1);

        Assert.Equal("p:after", _world.Journal.Last);
        Assert.Equal("PostStop", _world.Journal.Of("c")[^1]);
    }

    [Fact]
    public async Task Suspensions_are_counted_when_child_and_parent_fail_together()
    {
        // Every order of the two failures and their verdicts must leave both working.
        for (var seed = 0; seed < 200; seed++)
        {
            await using var world = new World(seed);
            IActorRef<string>? parent = null;
            IActorRef<string>? child = null;
            var resume = new ActorOptions { Supervisor = new SupervisorStrategy { Decide = _ => Directive.Resume } };
            world.Spawn(
                "g",
                g => g.Starting = () => parent = g.Kernel.Spawn(
                    "p",
                    world.Factory("p", p => p.Starting = () => child = p.Kernel.Spawn("c", world.Factory("c"))),
                    resume),
                resume);
            world.Run();

            World.Tell(parent!, "fail", "fail", "works");
            World.Tell(child!, "fail", "fail", "works");
            world.Run();

            Assert.True(
                world.Journal.Has("p:works") && world.Journal.Has("c:works"),
                $"seed {seed}: {string.Join(' ', world.Journal.All)}");
        }
    }

    [Fact]
    public async Task Child_spawned_below_a_suspended_ancestor_waits_for_it_and_then_works()
    {
        // While "t" waits for its verdict, "m" below it restarts and spawns a new "l".
        for (var seed = 0; seed < 200; seed++)
        {
            await using var world = new World(seed);
            IActorRef<string>? top = null;
            IActorRef<string>? middle = null;
            IActorRef<string>? leaf = null;
            world.Spawn(
                "g",
                g => g.Starting = () => top = g.Kernel.Spawn(
                    "t",
                    world.Factory("t", t => t.Starting = () => middle = t.Kernel.Spawn(
                        "m",
                        world.Factory("m", m => m.Starting = () => leaf = m.Kernel.Spawn("l", world.Factory("l"))))),
                    new ActorOptions { Supervisor = new SupervisorStrategy { BackoffMin = TimeSpan.Zero } }),
                new ActorOptions { Supervisor = new SupervisorStrategy { Decide = _ => Directive.Resume } });
            world.Run();

            for (var round = 0; round < 3; round++)
            {
                World.Tell(middle!, "fail");
                World.Tell(top!, "fail", "fail");
                world.Run();
                world.Journal.Take();

                World.Tell(leaf!, "works");
                world.Run();
                Assert.Equal(["l:works"], world.Journal.Take());
            }
        }
    }

    [Fact]
    public void Top_level_actor_is_restarted_by_the_guardian()
    {
        var actor = _world.Spawn("a");
        World.Tell(actor, "fail", "after");

        _world.Advance(1);

        Assert.Equal("a:after", _world.Journal.Last);
    }

    /// <summary>Starts p with a child c; the journal is empty afterwards.</summary>
    private IActorRef<string> SpawnChild(Func<Exception, Directive> decide, Action<Script>? script = null)
    {
        IActorRef<string>? child = null;
        _world.Spawn(
            "p",
            p => p.Starting = () => child = p.Kernel.Spawn("c", _world.Factory("c", script)),
            new ActorOptions { Supervisor = new SupervisorStrategy { Decide = decide } });
        _world.Run();
        Assert.Equal(["p:PreStart", "c:PreStart"], _world.Journal.Take());
        return child!;
    }
}
