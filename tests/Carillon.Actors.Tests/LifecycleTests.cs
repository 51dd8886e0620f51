namespace Carillon.Actors.Tests;

public sealed class LifecycleTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Path_names_the_place_in_the_tree()
    {
        var path = "";
        _world.Spawn("shards", s => s.Starting = () =>
        {
            var child = s.Kernel.Spawn("17", _world.Factory("17"));
            path = child.Path;
        });
        _world.Run();

        Assert.Equal("/shards/17", path);
    }

    [Fact]
    public async Task Stop_ends_children_before_their_parent_and_completes_after_all()
    {
        var root = SpawnTree();

        var stopped = _world.System.StopAsync(root);
        Assert.False(stopped.IsCompleted);
        _world.Run();

        await stopped.Within("tree stopped");
        Assert.Equal(["leaf:PostStop", "middle:PostStop", "root:PostStop"], _world.Journal.Take());
    }

    [Fact]
    public async Task Disposed_system_has_stopped_every_actor_and_spawns_no_more()
    {
        SpawnTree();

        await _world.System.DisposeAsync();

        Assert.Equal(["leaf:PostStop", "middle:PostStop", "root:PostStop"], _world.Journal.Take());
        Assert.Throws<InvalidOperationException>(() => _world.Spawn("late"));
    }

    [Fact]
    public void Actor_that_stops_itself_handles_nothing_after_the_present_message()
    {
        var actor = _world.Spawn("a");
        World.Tell(actor, "one", "stop", "two");
        _world.Run();

        Assert.Equal(["a:PreStart", "a:one", "a:stop", "a:PostStop"], _world.Journal.Take());
        Assert.False(actor.Tell("three"));
        Assert.Equal(2, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public async Task Stop_of_a_stopped_actor_completes_at_once()
    {
        var actor = _world.Spawn("a");
        await _world.Stop(actor).Within("stopped");

        Assert.True(_world.System.StopAsync(actor).IsCompletedSuccessfully);
        Assert.Equal(1, _world.Journal.Count("a:PostStop"));
    }

    [Fact]
    public async Task Stop_right_after_spawn_runs_both_hooks()
    {
        await _world.Stop(_world.Spawn("a")).Within("stopped");
        Assert.Equal(["a:PreStart", "a:PostStop"], _world.Journal.Take());
    }

    [Fact]
    public async Task Throwing_PostStop_is_logged_and_the_stop_completes()
    {
        var actor = _world.Spawn("a", a => a.Stopping = () => throw new InvalidOperationException("hook"));
        await _world.Stop(actor).Within("stopped");

        Assert.Contains(_world.Errors, x => x.Contains("/a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Name_used_again_never_gets_the_mail_of_the_old_actor()
    {
        var old = _world.Spawn("a");
        await _world.Stop(old).Within("stopped");
        var young = _world.Spawn("a");

        Assert.False(old.Tell("for the old one"));
        World.Tell(young, "for the young one");
        _world.Run();

        Assert.Equal(["PreStart", "PostStop", "PreStart", "for the young one"], _world.Journal.Of("a"));
        Assert.Equal("/a", young.Path);
    }

    [Fact]
    public async Task Name_is_free_as_soon_as_the_stop_has_completed()
    {
        await using var world = new ThreadedWorld(threads: 2);
        for (var round = 0; round < 500; round++)
        {
            var actor = world.Spawn<object>("same", (_, _) => { });
            await world.System.StopAsync(actor).Within($"stop in round {round}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    public void Name_that_is_not_allowed_is_refused(string name)
    {
        var refused = Assert.Throws<ArgumentException>(() => _world.Spawn(name));
        Assert.Contains($"'{name}' must have 1 to 256 characters and no", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Name_longer_than_256_characters_is_refused()
    {
        Assert.Equal(257, _world.Spawn(new string('x', 256)).Path.Length);
        Assert.Throws<ArgumentException>(() => _world.Spawn(new string('x', 257)));
    }

    [Fact]
    public void Name_of_a_living_sibling_is_refused()
    {
        _world.Spawn("a");
        var refused = Assert.Throws<ArgumentException>(() => _world.Spawn("a"));
        Assert.Contains("already has a child named 'a'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_child_can_be_stopped_by_its_parent()
    {
        var stranger = _world.Spawn("stranger");
        ArgumentException? refused = null;
        _world.Spawn("a", a => a.Starting = () =>
            refused = Assert.Throws<ArgumentException>(() => a.Kernel.Stop(stranger)));
        _world.Run();

        Assert.Contains("'/stranger' is not a child of '/a'", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parent_stops_a_child()
    {
        var parent = _world.Spawn("p", p =>
        {
            IActorRef<string>? child = null;
            p.Starting = () => child = p.Kernel.Spawn("c", _world.Factory("c"));
            p.On("end it", () => p.Kernel.Stop(child!));
        });
        _world.Run();
        World.Tell(parent, "end it");
        _world.Run();

        Assert.Equal("c:PostStop", _world.Journal.Last);
    }

    [Fact]
    public async Task Actor_of_another_system_is_not_stopped()
    {
        await using var other = new World();
        var actor = other.Spawn("a");
        Assert.Throws<ArgumentException>(() => { _ = _world.System.StopAsync(actor); });
    }

    [Fact]
    public void Stopping_actor_cannot_spawn()
    {
        InvalidOperationException? refused = null;
        var actor = _world.Spawn("a", a => a.Stopping = () =>
            refused = Assert.Throws<InvalidOperationException>(() => a.Kernel.Spawn("c", _world.Factory("c"))));
        World.Tell(actor, "stop");
        _world.Run();

        Assert.Contains("'/a' cannot spawn 'c'", refused!.Message, StringComparison.Ordinal);
    }

    /// <summary>Starts root with middle with leaf; the journal is empty afterwards.</summary>
    private IActorRef<string> SpawnTree()
    {
        var leaf = _world.Factory("leaf");
        var middle = _world.Factory("middle", m => m.Starting = () => m.Kernel.Spawn("leaf", leaf));
        var root = _world.Spawn("root", r => r.Starting = () => r.Kernel.Spawn("middle", middle));
        _world.Run();
        Assert.Equal(3, _world.Journal.Take().Length);
        return root;
    }
}
