namespace Carillon.Actors.Tests;

public sealed class DeathWatchTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Watcher_hears_exactly_once_that_the_watched_has_stopped()
    {
        var watched = _world.Spawn("watched");
        Watcher(w => w.Kernel.Watch(watched, "gone"));

        await _world.Stop(watched).Within("stopped");
        _world.Run();

        Assert.Equal(["PreStart", "gone"], _world.Journal.Of("w"));
    }

    [Fact]
    public async Task Watch_of_a_stopped_actor_answers_at_once()
    {
        var watched = _world.Spawn("watched");
        await _world.Stop(watched).Within("stopped");

        Watcher(w => w.Kernel.Watch(watched, "gone"));

        Assert.Equal(["PreStart", "gone"], _world.Journal.Of("w"));
    }

    [Fact]
    public async Task Nothing_is_heard_after_unwatch()
    {
        var watched = _world.Spawn("watched");
        Watcher(w =>
        {
            w.Kernel.Watch(watched, "gone");
            w.Kernel.Unwatch(watched);
        });

        await _world.Stop(watched).Within("stopped");

        Assert.Equal(["PreStart"], _world.Journal.Of("w"));
    }

    [Fact]
    public async Task Message_already_in_the_mailbox_is_withdrawn_by_unwatch()
    {
        var watched = _world.Spawn("watched");
        await _world.Stop(watched).Within("stopped");
        Watcher(w =>
        {
            // The watched one is dead, so the message is in the mailbox now.
            w.Kernel.Watch(watched, "gone");
            w.Kernel.Unwatch(watched);
        });

        Assert.Equal(["PreStart"], _world.Journal.Of("w"));
    }

    [Fact]
    public async Task Second_watch_of_the_same_actor_replaces_the_first()
    {
        var living = _world.Spawn("living");
        var dead = _world.Spawn("dead");
        await _world.Stop(dead).Within("stopped");
        Watcher(w =>
        {
            w.Kernel.Watch(living, "living, first");
            w.Kernel.Watch(living, "living, second");
            w.Kernel.Watch(dead, "dead, first");
            w.Kernel.Watch(dead, "dead, second");
        });
        await _world.Stop(living).Within("stopped");

        Assert.Equal(["PreStart", "dead, second", "living, second"], _world.Journal.Of("w"));
    }

    [Fact]
    public async Task What_the_watched_told_before_it_stopped_comes_first()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            await using var world = new World(seed);
            IActorRef<string>? watcher = null;
            var watched = world.Spawn("watched", x => x.On("end", () =>
            {
                World.Tell(watcher!, "last words", "very last words");
                x.Kernel.StopSelf();
            }));
            watcher = world.Spawn("w", w => w.Starting = () => w.Kernel.Watch(watched, "gone"));
            World.Tell(watched, "end");
            world.Run();

            Assert.Equal(["PreStart", "last words", "very last words", "gone"], world.Journal.Of("w"));
        }
    }

    [Fact]
    public async Task Full_mailbox_does_not_lose_the_message()
    {
        var watched = _world.Spawn("watched");
        var watcher = Watcher(w => w.Kernel.Watch(watched, "gone"), new ActorOptions { MailboxCapacity = 1 });
        World.Tell(watcher, "fills it");
        Assert.False(watcher.Tell("refused"));

        await _world.Stop(watched).Within("stopped");

        Assert.Equal(["PreStart", "fills it", "gone"], _world.Journal.Of("w"));
    }

    [Fact]
    public async Task Watch_survives_a_restart_of_the_watcher()
    {
        var watched = _world.Spawn("watched");
        var watcher = _world.Spawn("w", w => w.On("watch", () => w.Kernel.Watch(watched, "gone")));
        World.Tell(watcher, "watch", "fail");
        _world.Advance(1);

        await _world.Stop(watched).Within("stopped");

        Assert.Equal("gone", _world.Journal.Of("w")[^1]);
    }

    [Fact]
    public void Children_stopped_by_a_restart_are_not_reported_to_the_new_instance()
    {
        var watcher = _world.Spawn("w", w => w.On("watch", () =>
            w.Kernel.Watch(w.Kernel.Spawn("c", _world.Factory("c")), "gone")));
        World.Tell(watcher, "watch", "fail");
        _world.Advance(1);

        Assert.True(_world.Journal.Has("c:PostStop"));
        Assert.False(_world.Journal.Has("w:gone"));
    }

    [Fact]
    public async Task Stopped_watcher_hears_nothing_and_leaves_no_dead_letter()
    {
        var watched = _world.Spawn("watched");
        var watcher = Watcher(w => w.Kernel.Watch(watched, "gone"));

        await _world.Stop(watcher).Within("watcher stopped");
        await _world.Stop(watched).Within("watched stopped");

        Assert.Equal(["PreStart", "PostStop"], _world.Journal.Of("w"));
        Assert.Equal(0, _world.System.DeadLetters.Total);
    }

    [Fact]
    public void Actors_that_watch_each_other_both_stop_cleanly()
    {
        IActorRef<string>? first = null;
        IActorRef<string>? second = null;
        first = _world.Spawn("first", x => x.Starting = () => x.Kernel.Watch(second!, "stop"));
        second = _world.Spawn("second", x => x.Starting = () => x.Kernel.Watch(first, "stop"));
        _world.Run();

        World.Tell(first, "stop");
        _world.Run();

        Assert.Equal("PostStop", _world.Journal.Of("second")[^1]);
    }

    [Fact]
    public async Task Report_of_an_ended_watch_that_is_still_on_its_way_does_not_tear_the_mailbox()
    {
        var dead = _world.Spawn("dead");
        await _world.Stop(dead).Within("stopped");
        Watcher(w =>
        {
            w.On("one", () => ActorCell.Of(w.Kernel.Self).OnTerminated(ActorCell.Of(dead)));
            w.Kernel.Self.Tell("one");
            w.Kernel.Watch(dead, "gone");
            w.Kernel.Self.Tell("two");
        });

        Assert.Equal(["PreStart", "one", "gone", "two"], _world.Journal.Of("w"));
    }

    [Fact]
    public void Actor_cannot_watch_itself()
    {
        ArgumentException? refused = null;
        Watcher(w => refused = Assert.Throws<ArgumentException>(() => w.Kernel.Watch(w.Kernel.Self, "gone")));
        Assert.Contains("'/w' cannot watch itself", refused!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_and_watch_on_real_threads_report_every_death_once()
    {
        const int Count = 2_000;
        await using var world = new ThreadedWorld(threads: 4);
        var deaths = new int[Count];
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reported = 0;
        var watched = Enumerable.Range(0, Count)
            .Select(i => world.Spawn<object>($"watched-{i}", (context, _) => context.StopSelf()))
            .ToList();
        var watcher = world.Spawn<object>("watcher", (context, message) =>
        {
            if (message is Watch)
            {
                for (var i = 0; i < Count; i++)
                {
                    context.Watch(watched[i], new Gone(i));
                }
            }
            else
            {
                deaths[((Gone)message).Index]++;
                if (++reported == Count)
                {
                    done.SetResult();
                }
            }
        });

        watcher.Tell(new Watch());
        foreach (var actor in watched)
        {
            actor.Tell(new object());
        }

        await done.Task.Within("every death reported");
        Assert.All(deaths, times => Assert.Equal(1, times));
    }

    /// <summary>Spawns "w", which does something at its start, and lets it run.</summary>
    private IActorRef<string> Watcher(Action<Script> start, ActorOptions? options = null)
    {
        var watcher = _world.Spawn("w", w => w.Starting = () => start(w), options);
        _world.Run();
        return watcher;
    }

    private sealed record Watch;

    private sealed record Gone(int Index);
}
