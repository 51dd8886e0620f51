namespace Carillon.Actors.Tests;

public sealed class ActorTimersTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public void Single_timer_delivers_once_when_it_is_due()
    {
        Script? script = null;
        Start(a =>
        {
            script = a;
            a.Kernel.Timers.StartSingle("t", "tick", TimeSpan.FromSeconds(2));
        });

        _world.Advance(1.999);
        Assert.True(script!.Kernel.Timers.IsActive("t"));
        Assert.Empty(Ticks());

        _world.Advance(0.001);
        Assert.Equal(["tick"], Ticks());
        Assert.False(script.Kernel.Timers.IsActive("t"));

        _world.Advance(60);
        Assert.Equal(["tick"], Ticks());
    }

    [Fact]
    public void Periodic_timer_keeps_its_rate()
    {
        var times = new List<double>();
        Start(a =>
        {
            a.Receiving = _ => times.Add((a.Kernel.Time.GetUtcNow() - World.Start).TotalSeconds);
            a.Kernel.Timers.StartPeriodic("t", "tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        });

        _world.Advance(35);
        Assert.Equal([1, 11, 21, 31], times);
    }

    [Fact]
    public async Task Periodic_timer_does_not_burst_after_a_pause()
    {
        await using var world = new World(isPausable: true);
        var second = TimeSpan.FromSeconds(1);
        world.Spawn("a", a => a.Starting = () => a.Kernel.Timers.StartPeriodic("t", "tick", second, second));
        world.Run();

        world.Time.Advance(60 * second);
        world.Run();
        Assert.Equal(["PreStart", "tick"], world.Journal.Of("a"));

        world.Time.Advance(second);
        world.Run();
        Assert.Equal(["PreStart", "tick", "tick"], world.Journal.Of("a"));
    }

    [Fact]
    public void Started_again_under_its_key_a_timer_is_replaced()
    {
        Start(a =>
        {
            a.Kernel.Timers.StartSingle("t", "old", TimeSpan.FromSeconds(1));
            a.Kernel.Timers.StartSingle("t", "new", TimeSpan.FromSeconds(2));
            a.Kernel.Timers.StartSingle("u", "other key", TimeSpan.FromSeconds(1));
        });

        _world.Advance(5);
        Assert.Equal(["other key", "new"], Ticks());
    }

    [Fact]
    public void Cancelled_timer_delivers_nothing()
    {
        Start(a =>
        {
            a.Kernel.Timers.StartPeriodic("t", "tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
            a.On("tick", () => a.Kernel.Timers.Cancel("t"));
        });

        _world.Advance(10);
        Assert.Equal(["tick"], Ticks());
        Assert.Null(_world.Time.NextTimer);
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("replace")]
    public async Task Firing_already_in_the_mailbox_is_dropped_when_its_timer_is_ended(string how)
    {
        await using var world = new World(isPausable: true);
        var actor = world.Spawn("a", a =>
        {
            a.Starting = () => a.Kernel.Timers.StartSingle("t", "late", TimeSpan.FromSeconds(1));
            a.On("cancel", () => a.Kernel.Timers.Cancel("t"));
            a.On("replace", () => a.Kernel.Timers.StartSingle("t", "new", TimeSpan.FromSeconds(1)));
        });
        world.Run();

        World.Tell(actor, how);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        world.Run();

        Assert.Equal(["PreStart", how], world.Journal.Of("a"));
    }

    [Fact]
    public void Full_mailbox_does_not_refuse_a_timer()
    {
        var actor = Start(
            a => a.Kernel.Timers.StartSingle("t", "tick", TimeSpan.Zero), new ActorOptions { MailboxCapacity = 1 });
        World.Tell(actor, "fills it");

        _world.Advance(0);
        Assert.Equal(["fills it", "tick"], Ticks());
    }

    [Fact]
    public async Task Stop_cancels_the_timers()
    {
        var actor = Start(a => a.Kernel.Timers.StartPeriodic("t", "tick", TimeSpan.Zero, TimeSpan.FromSeconds(1)));
        await _world.Stop(actor).Within("stopped");

        Assert.Null(_world.Time.NextTimer);
        Assert.Equal(0, _world.System.DeadLetters.Total);
    }

    [Fact]
    public void Times_that_make_no_sense_are_refused()
    {
        var refused = new List<string?>();
        Start(a =>
        {
            var timers = a.Kernel.Timers;
            var negative = TimeSpan.FromSeconds(-1);
            refused.Add(Refused(() => timers.StartSingle("t", "x", negative)));
            refused.Add(Refused(() => timers.StartPeriodic("t", "x", negative, TimeSpan.FromSeconds(1))));
            refused.Add(Refused(() => timers.StartPeriodic("t", "x", TimeSpan.Zero, TimeSpan.Zero)));
        });

        Assert.Equal(["delay", "delay", "interval"], refused);

        static string? Refused(Action start) => Assert.Throws<ArgumentOutOfRangeException>(start).ParamName;
    }

    private IActorRef<string> Start(Action<Script> start, ActorOptions? options = null)
    {
        var actor = _world.Spawn("a", a => a.Starting = () => start(a), options);
        _world.Run();
        return actor;
    }

    private string[] Ticks() => _world.Journal.Of("a")[1..];
}
