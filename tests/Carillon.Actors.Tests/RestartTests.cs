namespace Carillon.Actors.Tests;

public sealed class RestartTests : IAsyncDisposable
{
    private static readonly SupervisorStrategy AtOnce = new() { BackoffMin = TimeSpan.Zero };

    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Failure_restarts_with_a_new_instance_the_same_ref_and_the_rest_of_the_mailbox()
    {
        var counts = new List<int>();
        var actor = _world.Spawn("a", script => script.On("count", () => counts.Add(script.Received)));

        World.Tell(actor, "count", "fail", "count", "count");
        _world.Run();
        Assert.Equal(["a:PreStart", "a:count", "a:fail", "a:PreRestart", "a:PostStop"], _world.Journal.Take());

        _world.Advance(1);
        Assert.Equal(["a:PostRestart", "a:PreStart", "a:count", "a:count"], _world.Journal.Take());
        Assert.Equal([1, 1, 2], counts);
    }

    [Fact]
    public void Restart_stops_children_first_and_cancels_timers()
    {
        var parent = _world.Spawn("p", script =>
        {
            script.On("spawn", () =>
            {
                script.Kernel.Spawn("c", _world.Factory("c"));
                script.Kernel.Timers.StartSingle("t", "tick", TimeSpan.FromSeconds(30));
            });
            script.On("check", () => script.Note(script.Kernel.Timers.IsActive("t") ? "active" : "inactive"));
        });

        World.Tell(parent, "spawn");
        _world.Run();
        _world.Journal.Take();

        World.Tell(parent, "fail", "check");
        _world.Run();
        Assert.Equal(["p:fail", "c:PostStop", "p:PreRestart", "p:PostStop"], _world.Journal.Take());

        _world.Advance(60);
        Assert.Equal(["p:PostRestart", "p:PreStart", "p:check", "p:inactive"], _world.Journal.Take());
    }

    [Fact]
    public void Timer_message_already_in_the_mailbox_is_dropped_by_a_restart()
    {
        var actor = _world.Spawn("a", script =>
            script.On("start", () => script.Kernel.Timers.StartSingle("t", "tick", TimeSpan.Zero)));
        World.Tell(actor, "start", "fail", "later");

        _world.Advance(5);

        Assert.False(_world.Journal.Has("a:tick"));
        Assert.True(_world.Journal.Has("a:later"));
    }

    [Fact]
    public void Messages_wait_during_the_backoff_up_to_the_capacity()
    {
        var actor = _world.Spawn("a", options: new ActorOptions { MailboxCapacity = 2 });
        World.Tell(actor, "fail");
        _world.Run();

        Assert.Equal([true, true, false], [actor.Tell("one"), actor.Tell("two"), actor.Tell("three")]);
        Assert.Equal(1, _world.System.DeadLetters.Count(DeadLetterReason.MailboxFull));

        _world.Journal.Take();
        _world.Advance(1);
        Assert.Equal(["a:PostRestart", "a:PreStart", "a:one", "a:two"], _world.Journal.Take());
    }

    [Fact]
    public void Restart_comes_when_the_backoff_is_over_and_not_before()
    {
        var exact = new SupervisorStrategy { BackoffMin = TimeSpan.FromSeconds(1), BackoffJitter = 0 };
        _world.Spawn(
            "p",
            script => script.Starting = () => script.Kernel.Spawn("c", _world.Factory("c")).Tell("fail"),
            new ActorOptions { Supervisor = exact });
        _world.Run();

        _world.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.False(_world.Journal.Has("c:PostRestart"));
        _world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_world.Journal.Has("c:PostRestart"));
    }

    [Fact]
    public void Used_up_budget_stops_the_child()
    {
        var options = new ActorOptions { Supervisor = AtOnce with { MaxRestarts = 2 } };
        _world.Spawn(
            "p",
            script => script.Starting = () =>
            {
                var child = script.Kernel.Spawn("c", _world.Factory("c"));
                script.Kernel.Watch(child, "child gone");
                for (var i = 0; i < 3; i++)
                {
                    child.Tell("fail");
                }
            },
            options);

        _world.Run();

        Assert.Equal(2, _world.Journal.Count("c:PostRestart"));
        Assert.Equal(3, _world.Journal.Count("c:PostStop"));
        Assert.Equal("p:child gone", _world.Journal.Last);
        Assert.Contains(_world.Errors, x => x.Contains("/p/c", StringComparison.Ordinal));
    }

    [Fact]
    public void Failing_factory_is_tried_again_with_backoff_and_receives_what_waited()
    {
        var failures = 3;
        var actor = _world.System.Spawn("a", () => failures-- > 0
            ? throw new InvalidOperationException("no instance")
            : _world.Factory("a")());
        World.Tell(actor, "waited");

        _world.Run();
        Assert.Empty(_world.Journal.All);
        _world.Advance(5);
        Assert.Equal(["a:PostRestart", "a:PreStart", "a:waited"], _world.Journal.All);
    }

    [Fact]
    public void Failing_constructor_leaves_no_timer_behind()
    {
        var fails = true;
        _world.Spawn("a", script =>
        {
            if (fails)
            {
                fails = false;
                script.Kernel.Timers.StartSingle("t", "tick", TimeSpan.FromSeconds(1));
                throw new InvalidOperationException("not constructed");
            }
        });

        _world.Advance(10);
        Assert.Equal(["a:PostRestart", "a:PreStart"], _world.Journal.All);
    }

    [Fact]
    public void Failing_PreStart_over_budget_stops_the_actor_and_its_mail_is_dead()
    {
        var actor = _world.Spawn("a", a => a.Starting = () => throw new InvalidOperationException("no start"));
        World.Tell(actor, "never");

        _world.Advance(600);

        Assert.Equal(11, _world.Journal.Count("a:PreStart"));
        Assert.Equal(11, _world.Journal.Count("a:PostStop"));
        Assert.False(actor.Tell("too late"));
        Assert.Equal(2, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
    }

    [Fact]
    public void Failed_start_is_restarted_even_if_the_strategy_says_resume()
    {
        var starts = 0;
        _world.Spawn(
            "p",
            script => script.Starting = () => script.Kernel.Spawn("c", _world.Factory("c", child =>
                child.Starting = () =>
                {
                    if (starts++ == 0)
                    {
                        throw new InvalidOperationException("no start");
                    }
                })).Tell("hello"),
            new ActorOptions { Supervisor = AtOnce with { Decide = _ => Directive.Resume } });

        _world.Run();
        Assert.Equal("c:hello", _world.Journal.Last);
    }

    [Fact]
    public void Factory_that_returns_the_same_instance_twice_stops_in_the_end()
    {
        Actor<string>? kept = null;
        var actor = _world.System.Spawn("a", () => kept ??= _world.Factory("a")());
        World.Tell(actor, "fail", "never");

        _world.Advance(600);

        Assert.False(actor.Tell("too late"));
        Assert.False(_world.Journal.Has("a:never"));
    }

    [Fact]
    public void Actor_constructed_outside_a_factory_is_refused()
    {
        var refused = Assert.Throws<InvalidOperationException>(() => _world.Factory("a")());
        Assert.Contains("Script", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Throwing_restart_hook_is_logged_and_does_not_keep_the_actor_from_restarting()
    {
        var actor = _world.Spawn("a", script => script.Restarting = () => throw new InvalidOperationException("hook"));
        World.Tell(actor, "fail", "after");

        _world.Advance(1);

        Assert.Equal("a:after", _world.Journal.Last);
        Assert.Contains(_world.Errors, x => x.Contains("/a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_during_the_backoff_ends_the_actor_for_good()
    {
        var actor = _world.Spawn("a");
        World.Tell(actor, "fail", "never");
        _world.Run();

        await _world.Stop(actor).Within("stop during the backoff");
        _world.Advance(60);

        Assert.Equal(["a:PreStart", "a:fail", "a:PreRestart", "a:PostStop"], _world.Journal.All);
        Assert.Equal(1, _world.System.DeadLetters.Count(DeadLetterReason.Stopped));
        Assert.Null(_world.Time.NextTimer);
    }
}
